package io.tributary.ledger;

import static io.tributary.intervention.Samples.at;
import static io.tributary.ledger.Entries.offered;
import static io.tributary.ledger.Entries.open;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.RecordedMetrics;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LifeMetricsTest {

    private static final String PATTERN = offered("a").match().pattern();
    private static final PainPoint DETECTED = PainPoint.of(offered("a"), 2);
    private static final DecisionDocument OFFERED =
            new DecisionDocument(offered("a").decision(), at("12:00"), 1);

    private final RecordedMetrics counted = new RecordedMetrics();
    private final LifeMetrics metrics = new LifeMetrics(counted);

    @Test
    void aStatusIsCountedByDefinitionAndADecisionByReason() {
        PainPoint opened = PainPoint.of(open("a"), 1);
        metrics.count(new LedgerChange(null, opened, null, null));
        metrics.count(new LedgerChange(opened, DETECTED, null, OFFERED));
        metrics.count(
                new LedgerChange(
                        DETECTED,
                        DETECTED.with(PainPointStatus.RETRACTED, 3),
                        OFFERED,
                        new DecisionDocument(OFFERED.decision().cancelled(), at("12:00"), 2)));
        assertThat(counted.counted())
                .isEqualTo(
                        Map.of(
                                "pattern=" + PATTERN + "/status=open/painPoints",
                                1L,
                                "pattern=" + PATTERN + "/status=detected/painPoints",
                                1L,
                                "pattern=" + PATTERN + "/status=retracted/painPoints",
                                1L,
                                "status=offered/reason=eligible/decisions",
                                1L,
                                "status=cancelled/reason=withdrawn/decisions",
                                1L));
    }

    @Test
    void aNewRevisionInTheSameStatusIsNotCounted() {
        metrics.count(new LedgerChange(null, DETECTED, null, OFFERED));
        metrics.count(
                new LedgerChange(
                        DETECTED,
                        PainPoint.of(offered("b"), 3),
                        OFFERED,
                        new DecisionDocument(OFFERED.decision(), at("12:00"), 2)));
        assertThat(counted.counted())
                .isEqualTo(
                        Map.of(
                                "pattern=" + PATTERN + "/status=detected/painPoints",
                                1L,
                                "status=offered/reason=eligible/decisions",
                                1L));
    }
}
