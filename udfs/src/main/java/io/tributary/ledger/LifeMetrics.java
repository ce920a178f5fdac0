package io.tributary.ledger;

import io.tributary.intervention.Decision;
import io.tributary.intervention.DecisionReason;
import io.tributary.intervention.DecisionStatus;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * Counts how pain points and decisions come to a status. A counter for each (definition, status)
 * and each (status, reason): their number is bounded by the definitions, not by customers.
 *
 * <p>These are for watching the job: what is replayed after a failure counts again. The stage
 * {@code metric} counts exactly.
 */
final class LifeMetrics {

    private record PainPoints(String pattern, PainPointStatus status) {}

    private record Decisions(DecisionStatus status, DecisionReason reason) {}

    private final MetricGroup group;
    private final Map<PainPoints, Counter> painPoints = new HashMap<>();
    private final Map<Decisions, Counter> decisions = new HashMap<>();

    /**
     * @param group of the stage
     */
    LifeMetrics(MetricGroup group) {
        this.group = group;
    }

    void count(LedgerChange change) {
        PainPoint before = change.painPointBefore();
        PainPoint painPoint = change.painPoint();
        if (painPoint != null && (before == null || before.status() != painPoint.status())) {
            painPoints
                    .computeIfAbsent(
                            new PainPoints(painPoint.pattern(), painPoint.status()), this::counter)
                    .inc();
        }
        DecisionDocument decidedBefore = change.decisionBefore();
        DecisionDocument decided = change.decision();
        if (decided != null
                && (decidedBefore == null
                        || !kind(decidedBefore.decision()).equals(kind(decided.decision())))) {
            decisions.computeIfAbsent(kind(decided.decision()), this::counter).inc();
        }
    }

    private static Decisions kind(Decision decision) {
        return new Decisions(decision.status(), decision.reason());
    }

    private Counter counter(PainPoints kind) {
        return group.addGroup("pattern", kind.pattern())
                .addGroup("status", kind.status().json())
                .counter("painPoints");
    }

    private Counter counter(Decisions kind) {
        return group.addGroup("status", kind.status().json())
                .addGroup("reason", kind.reason().json())
                .counter("decisions");
    }
}
