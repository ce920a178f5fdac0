package io.tributary.customer;

import io.tributary.pattern.CompiledPattern;
import io.tributary.pattern.PatternCost;
import io.tributary.pattern.PatternLibrary;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToLongFunction;
import org.apache.flink.metrics.MetricGroup;

/**
 * What each definition costs, so that an expensive one is seen: a group for each id and version. A
 * group stays once it is there, with the last counts, when its definition is removed.
 */
final class PatternMetrics {

    private final MetricGroup parent;
    private final Map<String, CompiledPattern> shown = new ConcurrentHashMap<>();

    PatternMetrics(MetricGroup parent) {
        this.parent = parent;
    }

    /** Shows these definitions from now on. */
    void show(PatternLibrary library) {
        for (CompiledPattern pattern : library.patterns()) {
            if (shown.put(pattern.key(), pattern) == null) {
                register(pattern);
            }
        }
    }

    private void register(CompiledPattern pattern) {
        String key = pattern.key();
        MetricGroup group =
                parent.addGroup("pattern", pattern.definition().id())
                        .addGroup("version", Integer.toString(pattern.definition().version()));
        gauge(group, "steps", key, PatternCost::steps);
        gauge(group, "nanos", key, PatternCost::nanos);
        gauge(group, "replays", key, PatternCost::replays);
        gauge(group, "replayedEvents", key, PatternCost::replayedEvents);
        gauge(group, "droppedPartialMatches", key, PatternCost::droppedPartialMatches);
        gauge(group, "failures", key, PatternCost::failures);
        gauge(group, "conditionFailures", key, PatternCost::conditionFailures);
    }

    private void gauge(
            MetricGroup group, String name, String key, ToLongFunction<PatternCost> count) {
        group.gauge(
                name,
                () -> {
                    CompiledPattern pattern = shown.get(key);
                    return pattern == null ? 0L : count.applyAsLong(pattern.cost());
                });
    }
}
