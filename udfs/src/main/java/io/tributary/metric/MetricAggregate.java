package io.tributary.metric;

import java.util.Map;

/**
 * All that is kept about one metric in one window: the second of the two phases.
 *
 * @param start of the window, epoch milliseconds
 * @param value sum of all deltas
 * @param n number of observations
 * @param emittedValue {@code value} of the last document
 * @param emittedN {@code n} of the last document
 * @param revision of the last document; 0 before the first
 */
public record MetricAggregate(
        String name,
        long start,
        Map<String, String> dimensions,
        long value,
        long n,
        long emittedValue,
        long emittedN,
        long revision) {

    public MetricAggregate {
        dimensions = Dimensions.sorted(dimensions);
    }

    static MetricAggregate none(MetricDelta delta) {
        return new MetricAggregate(delta.name(), delta.start(), delta.dimensions(), 0, 0, 0, 0, 0);
    }

    MetricAggregate plus(MetricDelta delta) {
        return new MetricAggregate(
                name,
                start,
                dimensions,
                value + delta.delta(),
                n + delta.n(),
                emittedValue,
                emittedN,
                revision);
    }

    /** Whether the last document is wrong; no document at all stands for zero. */
    boolean isDue() {
        return value != emittedValue || n != emittedN;
    }

    /** This aggregate once {@link #document()} of the result is out. */
    MetricAggregate emitted() {
        return new MetricAggregate(name, start, dimensions, value, n, value, n, revision + 1);
    }

    Metric document() {
        MetricKey key = new MetricKey(name, start, dimensions);
        return new Metric(key.id(), name, start, key.end(), dimensions, value, n, revision);
    }
}
