package io.tributary.customer;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.RecordedMetrics;
import io.tributary.intervention.Samples;
import io.tributary.ledger.LedgerEntry;
import io.tributary.pattern.Match;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DetectionMetricsTest {

    private static final Match MATCH = Samples.match("m", "cart-abandonment", "12:00");
    private static final LedgerEntry DETECTED =
            LedgerEntry.detected("a", MATCH, "high", null, null);

    private final RecordedMetrics counted = new RecordedMetrics();
    private final DetectionMetrics metrics = new DetectionMetrics(counted);

    @Test
    void aDetectionCountsInEveryBucketFromItsLatencyUp() {
        metrics.onArrival(List.of(DETECTED), 1_000, 11_001);
        assertThat(counted.counted())
                .isEqualTo(
                        Map.of(
                                "detectionLatency/trigger=event/sum", 10_001L,
                                "detectionLatency/trigger=event/le=30000/bucket", 1L,
                                "detectionLatency/trigger=event/le=60000/bucket", 1L,
                                "detectionLatency/trigger=event/le=300000/bucket", 1L,
                                "detectionLatency/trigger=event/le=+Inf/bucket", 1L));
    }

    @Test
    void aBoundIsPartOfItsBucket() {
        metrics.onArrival(List.of(DETECTED), 0, 300_000);
        metrics.onArrival(List.of(DETECTED), 0, 300_001);
        assertThat(counted.counted())
                .containsEntry("detectionLatency/trigger=event/le=300000/bucket", 1L)
                .containsEntry("detectionLatency/trigger=event/le=+Inf/bucket", 2L);
    }

    @Test
    void anAbsenceIsMeasuredFromItsDeadline() {
        metrics.atDeadline(List.of(DETECTED), MATCH.detectedAt() + 300_001);
        assertThat(counted.counted())
                .isEqualTo(
                        Map.of(
                                "detectionLatency/trigger=deadline/sum", 300_001L,
                                "detectionLatency/trigger=deadline/le=+Inf/bucket", 1L));
    }

    @Test
    void aClockThatIsAheadMakesNoNegativeLatency() {
        metrics.onArrival(List.of(DETECTED), 2_000, 1_000);
        assertThat(counted.counted())
                .hasSize(DetectionMetrics.BOUNDS.size() + 1)
                .doesNotContainKey("detectionLatency/trigger=event/sum");
    }

    @Test
    void whatIsWithdrawnOrStillOpenIsNoDetection() {
        List<LedgerEntry> entries =
                List.of(DETECTED.withdrawn(), LedgerEntry.open("a", MATCH, "high", null));
        metrics.onArrival(entries, 0, 1);
        metrics.atDeadline(entries, MATCH.detectedAt());
        assertThat(counted.counted()).isEmpty();
    }
}
