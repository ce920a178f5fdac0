package io.tributary.customer;

import io.tributary.event.CustomerEvent;
import io.tributary.journey.StageVisit;
import io.tributary.metric.MetricDelta;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What one customer adds to the metrics, as signed differences between two readings of the log. */
final class CustomerMetrics {

    private CustomerMetrics() {}

    /** The event under one id before and after a change. */
    static List<MetricDelta> events(Optional<CustomerEvent> before, Optional<CustomerEvent> after) {
        List<MetricDelta> deltas = new ArrayList<>(2);
        before.ifPresent(event -> deltas.add(event(event, -1)));
        after.ifPresent(event -> deltas.add(event(event, 1)));
        return deltas;
    }

    private static MetricDelta event(CustomerEvent event, int sign) {
        return MetricDelta.of(
                MetricDelta.EVENTS,
                event.time(),
                Map.of(
                        "channel", event.channel(),
                        "source", event.source(),
                        "type", event.type()),
                sign);
    }

    static MetricDelta late(CustomerEvent event) {
        return MetricDelta.of(
                MetricDelta.LATE,
                event.time(),
                Map.of("channel", event.channel(), "source", event.source()),
                1);
    }

    /** Entries and exits of stages; reaching a goal is entering and leaving it at once. */
    static List<MetricDelta> stages(List<StageVisit> before, List<StageVisit> after) {
        Map<StageVisit, Integer> entries = new TreeMap<>(StageVisit.BY_ENTRY);
        Map<StageVisit, Integer> exits = new TreeMap<>(StageVisit.BY_EXIT);
        count(before, -1, entries, exits);
        count(after, 1, entries, exits);
        List<MetricDelta> deltas = new ArrayList<>();
        entries.forEach(
                (visit, sum) ->
                        add(deltas, MetricDelta.STAGE_ENTRIES, visit, visit.enteredAt(), sum));
        exits.forEach(
                (visit, sum) -> add(deltas, MetricDelta.STAGE_EXITS, visit, visit.leftAt(), sum));
        return deltas;
    }

    private static void count(
            List<StageVisit> visits,
            int sign,
            Map<StageVisit, Integer> entries,
            Map<StageVisit, Integer> exits) {
        for (StageVisit visit : visits) {
            entries.merge(visit, sign, Integer::sum);
            if (visit.isOver()) {
                exits.merge(visit, sign, Integer::sum);
            }
        }
    }

    private static void add(
            List<MetricDelta> deltas, String name, StageVisit visit, long time, int sum) {
        if (sum != 0) {
            deltas.add(
                    MetricDelta.of(
                            name,
                            time,
                            Map.of("journey", visit.journey(), "stage", visit.stage()),
                            sum));
        }
    }
}
