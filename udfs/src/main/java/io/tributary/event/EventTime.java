package io.tributary.event;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Times as Tributary writes them: UTC, always three digits of milliseconds.
 *
 * <p>Years of four digits, which is all there is, are written and read here: every event and every
 * document has several times, and Java's own formatter takes ten times as long.
 */
public final class EventTime {

    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private static final String SHAPE = "0000-00-00T00:00:00.000Z";
    private static final long DAY = 86_400_000;

    /** 1583-01-01: the first year of the calendar's own rules, so that nobody asks about before. */
    private static final long FIRST = LocalDate.of(1583, 1, 1).toEpochDay() * DAY;

    private static final long END = LocalDate.of(10_000, 1, 1).toEpochDay() * DAY;

    private EventTime() {}

    /** Milliseconds since the epoch to {@code 2026-03-01T00:00:00.000Z}. */
    public static String format(long millis) {
        if (millis < FIRST || millis >= END) {
            return FORMAT.format(Instant.ofEpochMilli(millis));
        }
        LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(millis, DAY));
        int ofDay = (int) Math.floorMod(millis, DAY);
        byte[] text = SHAPE.getBytes(StandardCharsets.ISO_8859_1);
        put(text, 0, 4, date.getYear());
        put(text, 5, 2, date.getMonthValue());
        put(text, 8, 2, date.getDayOfMonth());
        put(text, 11, 2, ofDay / 3_600_000);
        put(text, 14, 2, ofDay / 60_000 % 60);
        put(text, 17, 2, ofDay / 1_000 % 60);
        put(text, 20, 3, ofDay % 1_000);
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    private static void put(byte[] text, int at, int digits, int number) {
        int rest = number;
        for (int i = at + digits - 1; i >= at; i--) {
            text[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }

    /**
     * The reverse of {@link #format}; any ISO-8601 instant is read.
     *
     * @throws java.time.format.DateTimeParseException if it is none
     */
    public static long parse(String text) {
        if (!hasShape(text)) {
            return Instant.parse(text).toEpochMilli();
        }
        int year = number(text, 0, 4);
        int month = number(text, 5, 2);
        int day = number(text, 8, 2);
        int hour = number(text, 11, 2);
        int minute = number(text, 14, 2);
        int second = number(text, 17, 2);
        boolean valid = month >= 1 && month <= 12 && day >= 1 && hour < 24 && minute < 60;
        if (!valid
                || second >= 60
                || (day > 28 && day > YearMonth.of(year, month).lengthOfMonth())) {
            return Instant.parse(text).toEpochMilli();
        }
        long ofDay = ((hour * 60L + minute) * 60 + second) * 1_000 + number(text, 20, 3);
        return LocalDate.of(year, month, day).toEpochDay() * DAY + ofDay;
    }

    private static boolean hasShape(String text) {
        if (text.length() != SHAPE.length()) {
            return false;
        }
        for (int i = 0; i < SHAPE.length(); i++) {
            char shape = SHAPE.charAt(i);
            char c = text.charAt(i);
            if (shape == '0' ? c < '0' || c > '9' : c != shape) {
                return false;
            }
        }
        return true;
    }

    private static int number(String text, int at, int digits) {
        int number = 0;
        for (int i = at; i < at + digits; i++) {
            number = number * 10 + text.charAt(i) - '0';
        }
        return number;
    }
}
