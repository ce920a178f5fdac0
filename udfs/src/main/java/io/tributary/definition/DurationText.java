package io.tributary.definition;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as analysts write them: days, hours, minutes, seconds, such as 90s, 7d or 1h30m. */
public final class DurationText {

    private static final Pattern FORM =
            Pattern.compile("(?:(\\d{1,6})d)?(?:(\\d{1,6})h)?(?:(\\d{1,6})m)?(?:(\\d{1,9})s)?");
    private static final long[] SECONDS = {86_400, 3_600, 60, 1};

    private DurationText() {}

    /** Empty if {@code text} is not a duration; zero, such as 0s, is one. */
    public static Optional<Duration> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (text.isEmpty() || !matcher.matches()) {
            return Optional.empty();
        }
        long seconds = 0;
        for (int i = 0; i < SECONDS.length; i++) {
            String part = matcher.group(i + 1);
            seconds += part == null ? 0 : Long.parseLong(part) * SECONDS[i];
        }
        return Optional.of(Duration.ofSeconds(seconds));
    }

    /** The shortest form that {@link #parse} reads; parts of a second are dropped. */
    public static String format(Duration duration) {
        StringBuilder text = new StringBuilder();
        long rest = duration.getSeconds();
        for (int i = 0; i < SECONDS.length; i++) {
            if (rest >= SECONDS[i]) {
                text.append(rest / SECONDS[i]).append("dhms".charAt(i));
                rest %= SECONDS[i];
            }
        }
        return text.isEmpty() ? "0s" : text.toString();
    }
}
