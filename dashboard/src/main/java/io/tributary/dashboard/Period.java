package io.tributary.dashboard;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How far a chart looks back, and in which steps. All lengths are milliseconds. */
enum Period {
    HOUR("1h", 60, "1m", Period.MINUTE),
    DAY("24h", 48, "30m", 30 * Period.MINUTE),
    WEEK("7d", 56, "3h", 180 * Period.MINUTE);

    private static final long MINUTE = 60_000;

    /** As a reader asks for them. */
    static final List<String> NAMES = Arrays.stream(values()).map(p -> p.name).toList();

    private final String name;
    private final int steps;
    private final String interval;
    private final long step;

    Period(String name, int steps, String interval, long step) {
        this.name = name;
        this.steps = steps;
        this.interval = interval;
        this.step = step;
    }

    /** The day if nothing is asked for; empty if there is none of this name. */
    static Optional<Period> named(@Nullable String name) {
        return name == null
                ? Optional.of(DAY)
                : Arrays.stream(values()).filter(period -> period.name.equals(name)).findFirst();
    }

    /** A step as Elasticsearch writes it. */
    String interval() {
        return interval;
    }

    long step() {
        return step;
    }

    long length() {
        return steps * step;
    }

    /** End of the step that holds {@code time}; steps begin at multiples of their length. */
    long endAfter(long time) {
        return Math.floorDiv(time, step) * step + step;
    }
}
