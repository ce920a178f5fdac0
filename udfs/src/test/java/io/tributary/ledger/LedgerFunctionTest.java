package io.tributary.ledger;

import static io.tributary.intervention.Samples.at;
import static io.tributary.ledger.Entries.offered;
import static io.tributary.ledger.Entries.open;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.intervention.Decision;
import io.tributary.intervention.Samples;
import io.tributary.pattern.Match;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.typeutils.PojoTypeInfo;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LedgerFunctionTest {

    private static final Duration RETENTION = Duration.ofDays(40);

    private KeyedOneInputStreamOperatorTestHarness<String, LedgerEntry, PainPoint> harness;

    @BeforeEach
    void openHarness() throws Exception {
        harness = harness();
        harness.open();
    }

    @AfterEach
    void closeHarness() throws Exception {
        harness.close();
    }

    @Test
    void documentsAndChangesGoToTheirOwnOutputs() throws Exception {
        process(offered("a"));
        PainPoint painPoint = PainPoint.of(offered("a"), 1);
        DecisionDocument decision = new DecisionDocument(offered("a").decision(), at("12:00"), 1);
        assertThat(harness.extractOutputValues()).containsExactly(painPoint);
        assertThat(side(LedgerFunction.DECISIONS)).containsExactly(decision);
        assertThat(side(LedgerFunction.CHANGES))
                .containsExactly(new LedgerChange(null, painPoint, null, decision));
    }

    @Test
    void aSecondAssertionOfTheSameCustomerChangesNothing() throws Exception {
        process(offered("a"));
        process(offered("a"));
        assertThat(harness.extractOutputValues()).hasSize(1);
        assertThat(side(LedgerFunction.DECISIONS)).hasSize(1);
        assertThat(side(LedgerFunction.CHANGES)).hasSize(1);
    }

    @Test
    void aLifeGoesOnAfterARestart() throws Exception {
        process(offered("a"));
        OperatorSubtaskState snapshot = harness.snapshot(1, 1);
        harness.close();
        harness = harness();
        harness.initializeState(snapshot);
        harness.open();
        process(offered("b"));
        process(offered("a").withdrawn());
        process(offered("b").withdrawn());
        assertThat(harness.extractOutputValues())
                .containsExactly(
                        PainPoint.of(offered("b"), 2),
                        PainPoint.of(offered("b"), 2).with(PainPointStatus.RETRACTED, 3));
        Decision moved = offered("a").decision().of("b");
        assertThat(side(LedgerFunction.DECISIONS))
                .containsExactly(
                        new DecisionDocument(moved, at("12:00"), 2),
                        new DecisionDocument(moved.cancelled(), at("12:00"), 3));
    }

    @Test
    void nothingIsLeftAfterTheRetentionAndNothingIsSaidAboutIt() throws Exception {
        for (int i = 0; i < 50; i++) {
            Match match = Samples.match("m" + i, "cart-abandonment", "12:00");
            process(offered("a", match));
            if (i % 2 == 0) {
                process(offered("a", match).withdrawn());
            }
        }
        int said = harness.extractOutputValues().size();
        assertThat(harness.numKeyedStateEntries()).isEqualTo(50);
        assertThat(harness.numEventTimeTimers()).isEqualTo(50);
        harness.processWatermark(at("12:00") + RETENTION.toMillis() - 1);
        assertThat(harness.numKeyedStateEntries()).isEqualTo(50);
        harness.processWatermark(at("12:00") + RETENTION.toMillis());
        assertThat(harness.numKeyedStateEntries()).isZero();
        assertThat(harness.numEventTimeTimers()).isZero();
        assertThat(harness.extractOutputValues()).hasSize(said);
    }

    @Test
    void aLaterEntryMovesTheExpiryAndLeavesNoTimerBehind() throws Exception {
        process(offered("a"));
        harness.processElement(new StreamRecord<>(offered("a").withdrawn(), at("18:00")));
        assertThat(harness.numEventTimeTimers()).isEqualTo(1);
        harness.processWatermark(at("17:59") + RETENTION.toMillis());
        assertThat(harness.numKeyedStateEntries()).isEqualTo(1);
        harness.processWatermark(at("18:00") + RETENTION.toMillis());
        assertThat(harness.numKeyedStateEntries()).isZero();
        assertThat(harness.numEventTimeTimers()).isZero();
    }

    @Test
    void aWithdrawalAndItsAssertionInWrongOrderLeaveNothing() throws Exception {
        process(open("a").withdrawn());
        assertThat(harness.numKeyedStateEntries()).isEqualTo(1);
        process(open("a"));
        assertThat(harness.numKeyedStateEntries()).isZero();
        assertThat(harness.numEventTimeTimers()).isZero();
        assertThat(harness.extractOutputValues()).isEmpty();
    }

    @Test
    void theLastWatermarkOfABoundedRunSaysNothing() throws Exception {
        process(offered("a"));
        harness.processWatermark(Long.MAX_VALUE);
        assertThat(harness.extractOutputValues()).hasSize(1);
        assertThat(side(LedgerFunction.CHANGES)).hasSize(1);
        assertThat(harness.numKeyedStateEntries()).isZero();
    }

    @Test
    void anEntryAboutAForgottenPainPointIsSetApart() throws Exception {
        harness.processWatermark(at("12:00") + RETENTION.toMillis());
        process(offered("a"));
        assertThat(side(LedgerFunction.EXPIRED)).containsExactly(offered("a"));
        assertThat(harness.extractOutputValues()).isEmpty();
        assertThat(harness.numKeyedStateEntries()).isZero();
    }

    @Test
    void whatFlowsAndRestsNeedsNoGenericSerializer() {
        SerializerConfigImpl config = new SerializerConfigImpl();
        config.setGenericTypes(false);
        Stream.of(
                        LedgerEntry.class,
                        PainPoint.class,
                        DecisionDocument.class,
                        LedgerChange.class,
                        PainPointLife.class)
                .forEach(
                        type -> {
                            TypeInformation<?> info = TypeInformation.of(type);
                            assertThat(info).isInstanceOf(PojoTypeInfo.class);
                            assertThat(info.createSerializer(config)).isNotNull();
                        });
    }

    private void process(LedgerEntry entry) throws Exception {
        harness.processElement(new StreamRecord<>(entry));
    }

    private <T> List<T> side(OutputTag<T> tag) {
        var records = harness.getSideOutput(tag);
        return records == null ? List.of() : records.stream().map(StreamRecord::getValue).toList();
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, LedgerEntry, PainPoint> harness()
            throws Exception {
        return new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(new LedgerFunction(RETENTION)),
                LedgerEntry::painPoint,
                Types.STRING);
    }
}
