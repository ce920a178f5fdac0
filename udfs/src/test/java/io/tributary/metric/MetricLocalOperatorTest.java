package io.tributary.metric;

import static io.tributary.intervention.Samples.at;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MetricLocalOperatorTest {

    private OneInputStreamOperatorTestHarness<MetricDelta, MetricDelta> harness;

    @BeforeEach
    void openHarness() throws Exception {
        harness = new OneInputStreamOperatorTestHarness<>(new MetricLocalOperator());
        harness.open();
    }

    @AfterEach
    void closeHarness() throws Exception {
        harness.close();
    }

    @Test
    void deltasAreAddedUpAndSentBeforeTheWatermark() throws Exception {
        process("a", 1);
        process("b", 1);
        process("a", 1);
        assertThat(harness.getOutput()).isEmpty();
        harness.processWatermark(at("12:01"));
        assertThat(harness.getOutput())
                .containsExactly(
                        new StreamRecord<>(sum("a", 2), at("12:00")),
                        new StreamRecord<>(sum("b", 1), at("12:00")),
                        new Watermark(at("12:01")));
    }

    @Test
    void whatCancelsOutIsNotSent() throws Exception {
        process("a", 1);
        process("a", -1);
        harness.processWatermark(at("12:01"));
        assertThat(harness.extractOutputValues()).isEmpty();
    }

    @Test
    void nothingIsHeldAcrossACheckpoint() throws Exception {
        process("a", 1);
        harness.prepareSnapshotPreBarrier(1);
        assertThat(harness.extractOutputValues()).containsExactly(sum("a", 1));
        assertThat(harness.snapshot(1, 1).hasState()).isFalse();
        harness.processWatermark(at("12:01"));
        assertThat(harness.extractOutputValues()).hasSize(1);
    }

    @Test
    void nothingIsLostAtTheEndOfTheInput() throws Exception {
        process("a", 1);
        harness.getOperator().finish();
        assertThat(harness.extractOutputValues()).containsExactly(sum("a", 1));
    }

    @Test
    void aFullBufferIsSentAtOnce() throws Exception {
        for (int i = 0; i < MetricLocalOperator.MAX_BUFFERED - 1; i++) {
            process("k" + i, 1);
        }
        assertThat(harness.extractOutputValues()).isEmpty();
        process("last", 1);
        assertThat(harness.extractOutputValues()).hasSize(MetricLocalOperator.MAX_BUFFERED);
    }

    private void process(String value, int sign) throws Exception {
        harness.processElement(
                new StreamRecord<>(
                        MetricDelta.count("events", at("12:00"), Map.of("type", value), sign)));
    }

    private static MetricDelta sum(String value, long n) {
        return new MetricDelta("events", at("12:00"), Map.of("type", value), n, n);
    }
}
