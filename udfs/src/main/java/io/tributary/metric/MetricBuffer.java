package io.tributary.metric;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Adds up deltas on the heap until they are drained: the first of the two phases. */
final class MetricBuffer {

    private final Map<MetricKey, MetricDelta> sums = new LinkedHashMap<>();

    void add(MetricDelta delta) {
        sums.merge(delta.key(), delta, MetricBuffer::sum);
    }

    private static MetricDelta sum(MetricDelta a, MetricDelta b) {
        return new MetricDelta(
                a.name(), a.start(), a.dimensions(), a.delta() + b.delta(), a.n() + b.n());
    }

    int size() {
        return sums.size();
    }

    /** The sums that are not zero, one for each metric and window; the buffer is empty then. */
    List<MetricDelta> drain() {
        List<MetricDelta> drained = new ArrayList<>(sums.size());
        for (MetricDelta sum : sums.values()) {
            if (sum.delta() != 0 || sum.n() != 0) {
                drained.add(sum);
            }
        }
        sums.clear();
        return drained;
    }
}
