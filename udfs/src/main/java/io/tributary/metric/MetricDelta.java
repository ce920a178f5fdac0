package io.tributary.metric;

import java.util.Map;

/**
 * A change of one metric in one window.
 *
 * @param name such as {@code pain_points}; see {@link Deltas}
 * @param start of the window, a multiple of {@link #WINDOW_MILLIS}, epoch milliseconds; {@link
 *     #UNKNOWN_TIME} for what has no time
 * @param dimensions sorted by name
 * @param delta added to the value; below 0 to take something back
 * @param n observations added; below 0 to take some back
 */
public record MetricDelta(
        String name, long start, Map<String, String> dimensions, long delta, long n) {

    /** One minute. */
    public static final long WINDOW_MILLIS = 60_000;

    /** The first minute of 1970 holds what has no time, such as a line of a file. */
    public static final long UNKNOWN_TIME = 0;

    public MetricDelta {
        dimensions = Dimensions.sorted(dimensions);
    }

    /**
     * Something counted, or not any more.
     *
     * @param time of what is counted, epoch milliseconds; below 0 if it has none
     * @param sign 1 or -1
     */
    public static MetricDelta count(
            String name, long time, Map<String, String> dimensions, int sign) {
        return new MetricDelta(name, windowStart(time), dimensions, sign, sign);
    }

    private static long windowStart(long time) {
        return time < 0 ? UNKNOWN_TIME : time - time % WINDOW_MILLIS;
    }

    public MetricKey key() {
        return new MetricKey(name, start, dimensions);
    }

    /** Id of the document this changes. */
    public String metricId() {
        return key().id();
    }
}
