package io.tributary.metric;

import static io.tributary.intervention.Samples.at;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.typeutils.PojoTypeInfo;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MetricFunctionTest {

    private static final Duration RETENTION = Duration.ofDays(40);
    private static final Map<String, String> SHOP = Map.of("source", "shop", "reason", "too_long");

    private KeyedOneInputStreamOperatorTestHarness<String, MetricDelta, Metric> harness;

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
    void aDocumentGoesOutWhenTheWatermarkClosesTheWindow() throws Exception {
        count(at("12:00:10"), 1);
        count(at("12:00:50"), 1);
        harness.processWatermark(at("12:01") - 2);
        assertThat(harness.extractOutputValues()).isEmpty();
        harness.processWatermark(at("12:01") - 1);
        assertThat(harness.extractOutputValues()).containsExactly(document(2, 1));
    }

    @Test
    void laterChangesGoOutTogetherAtTheNextWatermark() throws Exception {
        count(at("12:00"), 1);
        harness.processWatermark(at("12:05"));
        count(at("12:00"), 1);
        count(at("12:00"), 1);
        assertThat(harness.extractOutputValues()).containsExactly(document(1, 1));
        harness.processWatermark(at("12:06"));
        harness.processWatermark(at("12:07"));
        assertThat(harness.extractOutputValues()).containsExactly(document(1, 1), document(3, 2));
    }

    @Test
    void aCountThatReturnsToZeroIsCorrectedToZero() throws Exception {
        count(at("12:00"), 1);
        harness.processWatermark(at("12:05"));
        count(at("12:00"), -1);
        harness.processWatermark(at("12:06"));
        assertThat(harness.extractOutputValues()).containsExactly(document(1, 1), document(0, 2));
    }

    @Test
    void aZeroThatWasNeverAnythingElseIsNotSaid() throws Exception {
        count(at("12:00"), -1);
        count(at("12:00"), 1);
        harness.processWatermark(at("12:05"));
        assertThat(harness.extractOutputValues()).isEmpty();
    }

    @Test
    void aSumGoesOnAfterARestart() throws Exception {
        count(at("12:00"), 1);
        harness.processWatermark(at("12:05"));
        count(at("12:00"), 1);
        OperatorSubtaskState snapshot = harness.snapshot(1, 1);
        harness.close();
        harness = harness();
        harness.initializeState(snapshot);
        harness.open();
        count(at("12:00"), 1);
        harness.processWatermark(at("12:06"));
        assertThat(harness.extractOutputValues()).containsExactly(document(3, 2));
    }

    @Test
    void aBoundedRunEndsWithOneDocumentForEachMetric() throws Exception {
        for (int i = 0; i < 10; i++) {
            count(at("12:00"), 1);
            count(-1, 1);
        }
        harness.processWatermark(Long.MAX_VALUE);
        assertThat(harness.extractOutputValues())
                .containsExactlyInAnyOrder(document(10, 1), document(0, 10, 1));
    }

    @Test
    void nothingIsLeftAfterTheRetention() throws Exception {
        for (int i = 10; i < 60; i++) {
            count(at("12:" + i), 1);
        }
        assertThat(harness.numKeyedStateEntries()).isEqualTo(50);
        harness.processWatermark(at("13:00"));
        assertThat(harness.numKeyedStateEntries()).isEqualTo(50);
        assertThat(harness.numEventTimeTimers()).isEqualTo(50);
        harness.processWatermark(at("13:00") + RETENTION.toMillis());
        assertThat(harness.numKeyedStateEntries()).isZero();
        assertThat(harness.numEventTimeTimers()).isZero();
        assertThat(harness.extractOutputValues()).hasSize(50);
    }

    @Test
    void aChangeJustBeforeForgettingIsStillSaid() throws Exception {
        count(at("12:00"), 1);
        harness.processWatermark(at("12:01") + RETENTION.toMillis() - 1);
        count(at("12:00"), 1);
        harness.processWatermark(at("12:01") + RETENTION.toMillis());
        assertThat(harness.extractOutputValues()).containsExactly(document(1, 1), document(2, 2));
        assertThat(harness.numKeyedStateEntries()).isZero();
        assertThat(harness.numEventTimeTimers()).isZero();
    }

    @Test
    void aDeltaForAForgottenWindowIsSetApart() throws Exception {
        harness.processWatermark(at("12:01") + RETENTION.toMillis());
        count(at("12:00"), 1);
        assertThat(harness.getSideOutput(MetricFunction.EXPIRED))
                .extracting(StreamRecord::getValue)
                .containsExactly(MetricDelta.count("rejected", at("12:00"), SHOP, 1));
        assertThat(harness.numKeyedStateEntries()).isZero();
        assertThat(harness.numEventTimeTimers()).isZero();
    }

    @Test
    void whatHasNoTimeIsAlwaysCounted() throws Exception {
        harness.processWatermark(at("12:00"));
        count(-1, 1);
        harness.processWatermark(at("12:01"));
        count(-1, 1);
        harness.processWatermark(at("12:02"));
        assertThat(harness.extractOutputValues())
                .containsExactly(document(0, 1, 1), document(0, 2, 2));
        assertThat(harness.numKeyedStateEntries()).isEqualTo(1);
        assertThat(harness.numEventTimeTimers()).isZero();
    }

    @Test
    void whatFlowsAndRestsNeedsNoGenericSerializer() {
        SerializerConfigImpl config = new SerializerConfigImpl();
        config.setGenericTypes(false);
        Stream.of(MetricDelta.class, Metric.class, MetricAggregate.class)
                .forEach(
                        type -> {
                            TypeInformation<?> info = TypeInformation.of(type);
                            assertThat(info).isInstanceOf(PojoTypeInfo.class);
                            assertThat(info.createSerializer(config)).isNotNull();
                        });
    }

    private void count(long time, int sign) throws Exception {
        harness.processElement(new StreamRecord<>(MetricDelta.count("rejected", time, SHOP, sign)));
    }

    private static Metric document(long value, long revision) {
        return document(at("12:00"), value, revision);
    }

    private static Metric document(long start, long value, long revision) {
        String id = MetricDelta.count("rejected", start, SHOP, 1).metricId();
        return new Metric(id, "rejected", start, start + 60_000, SHOP, value, value, revision);
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, MetricDelta, Metric> harness()
            throws Exception {
        return new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(new MetricFunction(RETENTION)),
                MetricDelta::metricId,
                Types.STRING);
    }
}
