package io.tributary.metric;

import static io.tributary.intervention.Samples.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.intervention.DecisionReason;
import io.tributary.ledger.Entries;
import io.tributary.ledger.LedgerChange;
import io.tributary.ledger.LedgerEntry;
import io.tributary.ledger.PainPointLedger;
import io.tributary.ledger.PainPointLife;
import io.tributary.pattern.Match;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LedgerMetricsTest {

    @Test
    void aPainPointCountsWhileItIsDetectedAndADecisionInItsStatus() {
        LedgerEntry offered = Entries.offered("a");
        assertThat(counted(offered, offered.withdrawn()))
                .containsExactly(
                        painPoint(at("12:00"), 1),
                        decision("offered", "eligible", 1),
                        painPoint(at("12:00"), -1),
                        decision("offered", "eligible", -1),
                        decision("cancelled", "withdrawn", 1));
    }

    @Test
    void anOpenPainPointCountsOnlyOnceItIsDetected() {
        LedgerEntry open = Entries.open("a");
        assertThat(counted(open)).isEmpty();
        assertThat(counted(open, open.withdrawn())).isEmpty();
        assertThat(counted(open, Entries.undecided("a"), open.withdrawn()))
                .containsExactly(painPoint(at("12:00"), 1));
    }

    @Test
    void anotherCustomerOrRevisionIsNotCountedAgain() {
        LedgerEntry b = Entries.offered("b");
        assertThat(counted(b, Entries.offered("a"), b.withdrawn()))
                .containsExactly(painPoint(at("12:00"), 1), decision("offered", "eligible", 1));
    }

    @Test
    void anotherVerdictMovesTheCount() {
        LedgerEntry held = Entries.suppressed("b", DecisionReason.NO_CONSENT);
        assertThat(counted(held, Entries.offered("a"), held.withdrawn()))
                .containsExactly(
                        painPoint(at("12:00"), 1),
                        decision("suppressed", "no_consent", 1),
                        decision("suppressed", "no_consent", -1),
                        decision("offered", "eligible", 1));
    }

    @Test
    void aPainPointThatMovesInTimeIsCountedInItsNewMinute() {
        Match match = Entries.MATCH;
        Match later =
                new Match(
                        match.id(),
                        match.pattern(),
                        2,
                        at("12:05"),
                        match.start(),
                        at("12:05"),
                        match.events());
        LedgerEntry before = Entries.undecided("a");
        LedgerEntry after = LedgerEntry.detected("a", later, "high", null, null);
        assertThat(counted(before, after, before.withdrawn()))
                .containsExactly(
                        painPoint(at("12:00"), 1),
                        painPoint(at("12:00"), -1),
                        painPoint(at("12:05"), 1));
    }

    private static List<MetricDelta> counted(LedgerEntry... entries) {
        PainPointLedger ledger = new PainPointLedger(Duration.ofDays(40));
        List<MetricDelta> deltas = new ArrayList<>();
        PainPointLife before = new PainPointLife(List.of(), null, null, null, Long.MIN_VALUE);
        for (LedgerEntry entry : entries) {
            PainPointLife after =
                    ledger.apply(before, entry, entry.match().detectedAt(), Long.MIN_VALUE);
            deltas.addAll(
                    LedgerMetrics.deltas(
                            new LedgerChange(
                                    before.painPoint(),
                                    after.painPoint(),
                                    before.decision(),
                                    after.decision())));
            before = after;
        }
        return deltas;
    }

    private static MetricDelta painPoint(long time, int sign) {
        return MetricDelta.count(
                "pain_points",
                time,
                Map.of("pattern", "cart-abandonment", "severity", "high"),
                sign);
    }

    private static MetricDelta decision(String status, String reason, int sign) {
        return MetricDelta.count(
                "decisions",
                at("12:00"),
                Map.of(
                        "pattern",
                        "cart-abandonment",
                        "status",
                        status,
                        "reason",
                        reason,
                        "arm",
                        "treatment"),
                sign);
    }
}
