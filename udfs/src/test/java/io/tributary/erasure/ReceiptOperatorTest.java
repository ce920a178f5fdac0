package io.tributary.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.erasure.Receipt.Status;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReceiptOperatorTest {

    private static final Erasure ERASURE = new Erasure("r", "user_id:a", 1000);

    private OneInputStreamOperatorTestHarness<ErasureReport, Receipt> harness;

    @BeforeEach
    void open() throws Exception {
        harness = harness();
        harness.open();
    }

    @AfterEach
    void close() throws Exception {
        harness.close();
    }

    private static OneInputStreamOperatorTestHarness<ErasureReport, Receipt> harness()
            throws Exception {
        return new OneInputStreamOperatorTestHarness<>(
                new ReceiptOperator(
                        Set.of("layer", "customer"), new Checkpoints(3, Duration.ofMinutes(1))));
    }

    private void report(String stage, int subtask, int of, boolean done, Removed removed)
            throws Exception {
        harness.processElement(ErasureReport.of(ERASURE, stage, subtask, of, done, removed), 0);
    }

    private void everybodyIsDone() throws Exception {
        harness.processElement(ErasureReport.requested(ERASURE, 0, 1), 0);
        report("layer", 0, 2, true, Removed.links(2));
        report("layer", 1, 2, true, Removed.links(1));
        report("customer", 0, 1, true, Removed.customer(4, 1));
        report("ledger", 0, 1, false, Removed.told(1, 1));
    }

    private List<Receipt> receipts() {
        List<Receipt> all = harness.extractOutputValues();
        harness.getOutput().clear();
        return all;
    }

    private static Receipt receipt(Removed removed, Status status, long revision) {
        return new Receipt("r", 1000, List.of("user_id:a"), removed, status, null, null, revision);
    }

    @Test
    void aRequestIsPendingUntilEverySubtaskOfEveryStageIsDone() throws Exception {
        harness.processElement(ErasureReport.requested(ERASURE, 0, 1), 0);
        report("layer", 0, 2, true, Removed.links(2));
        report("customer", 0, 1, true, Removed.NOTHING);
        harness.prepareSnapshotPreBarrier(1);
        harness.prepareSnapshotPreBarrier(2);
        report("layer", 1, 2, true, Removed.NOTHING);
        harness.prepareSnapshotPreBarrier(3);

        assertThat(receipts())
                .containsExactly(
                        receipt(Removed.links(2), Status.PENDING, 1),
                        receipt(Removed.links(2), Status.REMOVED, 2));
    }

    @Test
    void itIsDoneWithTheFirstCheckpointAfterThatAndHeldUntilTheOlderOnesAreGone() throws Exception {
        everybodyIsDone();
        harness.setProcessingTime(5_000);
        harness.prepareSnapshotPreBarrier(7);
        harness.snapshot(7, 0);
        harness.notifyOfCompletedCheckpoint(6);
        Removed removed = new Removed(4, 3, 1, 1, 1);
        assertThat(receipts()).containsExactly(receipt(removed, Status.REMOVED, 1));

        harness.notifyOfCompletedCheckpoint(7);

        assertThat(receipts())
                .containsExactly(
                        new Receipt(
                                "r",
                                1000,
                                List.of("user_id:a"),
                                removed,
                                Status.DONE,
                                7L,
                                125_000L,
                                2));
    }

    @Test
    void anOpenReceiptGoesOnAfterARestartWithAnotherParallelism() throws Exception {
        harness.processElement(ErasureReport.requested(ERASURE, 0, 1), 0);
        report("layer", 0, 2, true, Removed.links(2));
        report("customer", 0, 1, true, Removed.NOTHING);
        OperatorSubtaskState state = harness.snapshot(1, 1);
        harness.close();
        harness = harness();
        harness.initializeState(state);
        harness.open();
        report("layer", 0, 3, true, Removed.NOTHING);
        report("layer", 1, 3, true, Removed.links(1));
        harness.prepareSnapshotPreBarrier(2);
        assertThat(receipts()).containsExactly(receipt(Removed.links(3), Status.PENDING, 1));

        report("layer", 2, 3, true, Removed.NOTHING);
        harness.endInput();
        harness.prepareSnapshotPreBarrier(3);

        assertThat(receipts()).containsExactly(receipt(Removed.links(3), Status.REMOVED, 2));
    }
}
