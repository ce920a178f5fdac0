package io.tributary.metric;

import io.tributary.intervention.Decision;
import io.tributary.ledger.DecisionDocument;
import io.tributary.ledger.LedgerChange;
import io.tributary.ledger.PainPoint;
import io.tributary.ledger.PainPointStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Counts pain points while they are detected, at the minute of their detection, and decisions in
 * each status, at the minute they were made. A change takes back what the documents counted for
 * before and adds what they count for now.
 */
public final class LedgerMetrics implements FlatMapFunction<LedgerChange, MetricDelta> {

    private static final long serialVersionUID = 1L;

    @Override
    public void flatMap(LedgerChange change, Collector<MetricDelta> out) {
        deltas(change).forEach(out::collect);
    }

    /** Empty where the change does not touch what is counted. */
    public static List<MetricDelta> deltas(LedgerChange change) {
        List<MetricDelta> deltas = new ArrayList<>();
        addMove(deltas, painPoint(change.painPointBefore()), painPoint(change.painPoint()));
        addMove(deltas, decision(change.decisionBefore()), decision(change.decision()));
        return deltas;
    }

    private static void addMove(
            List<MetricDelta> deltas, @Nullable MetricDelta from, @Nullable MetricDelta to) {
        if (from != null && !from.equals(to)) {
            deltas.add(
                    new MetricDelta(
                            from.name(),
                            from.start(),
                            from.dimensions(),
                            -from.delta(),
                            -from.n()));
        }
        if (to != null && !to.equals(from)) {
            deltas.add(to);
        }
    }

    private static @Nullable MetricDelta painPoint(@Nullable PainPoint document) {
        if (document == null
                || document.detectedAt() == null
                || document.status() != PainPointStatus.DETECTED) {
            return null;
        }
        return MetricDelta.count(
                Deltas.PAIN_POINTS,
                document.detectedAt(),
                Map.of("pattern", document.pattern(), "severity", document.severity()),
                1);
    }

    private static @Nullable MetricDelta decision(@Nullable DecisionDocument document) {
        if (document == null) {
            return null;
        }
        Decision decision = document.decision();
        return MetricDelta.count(
                Deltas.DECISIONS,
                decision.decidedAt(),
                Map.of(
                        "pattern", decision.pattern(),
                        "status", decision.status().json(),
                        "reason", decision.reason().json(),
                        "arm", decision.arm().json()),
                1);
    }
}
