package io.tributary.ledger;

import static io.tributary.ledger.Entries.offered;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.erasure.Erasure;
import io.tributary.erasure.Removed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LedgerErasureTest {

    private static final Erasure ERASURE = new Erasure("request", "a", Long.MAX_VALUE / 2);

    private KeyedOneInputStreamOperatorTestHarness<String, LedgerEntry, PainPoint> harness;

    @BeforeEach
    void open() throws Exception {
        harness =
                new KeyedOneInputStreamOperatorTestHarness<>(
                        new KeyedProcessOperator<>(new LedgerFunction(Duration.ofDays(40))),
                        LedgerEntry::painPoint,
                        Types.STRING);
        harness.open();
    }

    @AfterEach
    void close() throws Exception {
        harness.close();
    }

    private void process(LedgerEntry entry) throws Exception {
        harness.processElement(entry, Entries.MATCH.detectedAt());
    }

    private <T> List<T> side(OutputTag<T> tag) {
        Queue<StreamRecord<T>> queue = harness.getSideOutput(tag);
        List<T> values = new ArrayList<>();
        if (queue != null) {
            queue.forEach(record -> values.add(record.getValue()));
        }
        return values;
    }

    private static LedgerEntry erased() {
        return LedgerEntry.erased(Entries.MATCH.id(), "a", ERASURE);
    }

    @Test
    void bothDocumentsAreDeletedAndNothingIsKept() throws Exception {
        process(offered("a"));
        process(erased());

        assertThat(side(LedgerFunction.TOMBSTONES))
                .containsExactly(
                        new Tombstone(Tombstone.Kind.PAIN_POINT, "m1", Entries.MATCH.start(), 2),
                        new Tombstone(
                                Tombstone.Kind.DECISION, "m1", Entries.MATCH.detectedAt(), 2));
        assertThat(side(LedgerFunction.REPORTS))
                .extracting(report -> report.removed())
                .containsExactly(Removed.told(1, 1));
        assertThat(harness.numKeyedStateEntries()).isZero();
    }

    @Test
    void aRetractedDocumentThatStillShowsTheCustomerIsDeletedToo() throws Exception {
        process(offered("a"));
        process(offered("a").withdrawn());
        process(erased());

        assertThat(side(LedgerFunction.TOMBSTONES)).hasSize(2);
        assertThat(harness.numKeyedStateEntries()).isZero();
    }

    @Test
    void whatAnotherCustomerHasStaysTheirs() throws Exception {
        process(offered("a"));
        process(offered("b"));
        process(erased());

        List<PainPoint> shown = harness.extractOutputValues();
        assertThat(shown.get(shown.size() - 1).customer()).isEqualTo("b");
        List<DecisionDocument> decided = side(LedgerFunction.DECISIONS);
        assertThat(decided.get(decided.size() - 1).decision().customer()).isEqualTo("b");
        assertThat(decided.get(decided.size() - 1).revision()).isEqualTo(2);
        assertThat(side(LedgerFunction.TOMBSTONES)).isEmpty();
    }

    @Test
    void whatIsShownForAnotherCustomerIsNotTouched() throws Exception {
        process(offered("a"));
        process(offered("b"));
        process(offered("a").withdrawn());
        int told = harness.extractOutputValues().size();
        process(erased());

        assertThat(harness.extractOutputValues()).hasSize(told);
        assertThat(side(LedgerFunction.TOMBSTONES)).isEmpty();
    }

    @Test
    void whatIsNotKnownAnyMoreIsNoFailure() throws Exception {
        process(erased());

        assertThat(harness.extractOutputValues()).isEmpty();
        assertThat(side(LedgerFunction.TOMBSTONES)).isEmpty();
    }
}
