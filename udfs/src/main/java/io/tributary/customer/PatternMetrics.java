package io.tributary.customer;

import io.tributary.pattern.CompiledPattern;
import org.apache.flink.metrics.MetricGroup;

/**
 * What each definition costs, so that an expensive one is seen: a group for each id and version.
 */
final class PatternMetrics {

    private PatternMetrics() {}

    static void register(MetricGroup parent, CompiledPattern pattern) {
        MetricGroup group =
                parent.addGroup("pattern", pattern.definition().id())
                        .addGroup("version", Integer.toString(pattern.definition().version()));
        group.gauge("steps", () -> pattern.cost().steps());
        group.gauge("nanos", () -> pattern.cost().nanos());
        group.gauge("replays", () -> pattern.cost().replays());
        group.gauge("replayedEvents", () -> pattern.cost().replayedEvents());
        group.gauge("droppedPartialMatches", () -> pattern.cost().droppedPartialMatches());
        group.gauge("failures", () -> pattern.cost().failures());
        group.gauge("conditionFailures", () -> pattern.cost().conditionFailures());
    }
}
