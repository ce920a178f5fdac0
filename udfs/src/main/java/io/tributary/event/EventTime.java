package io.tributary.event;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Times as Tributary writes them: UTC, always three digits of milliseconds. */
public final class EventTime {

    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private EventTime() {}

    /** Milliseconds since the epoch to {@code 2026-03-01T00:00:00.000Z}. */
    public static String format(long millis) {
        return FORMAT.format(Instant.ofEpochMilli(millis));
    }

    /** The reverse of {@link #format}; any ISO-8601 instant is read. */
    public static long parse(String text) {
        return Instant.parse(text).toEpochMilli();
    }
}
