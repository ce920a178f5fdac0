package io.tributary.identity;

import io.tributary.erasure.Erasure;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.runtime.operators.testutils.MockEnvironment;
import org.apache.flink.runtime.state.heap.HeapKeyedStateBackend;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;

/** Flink's harness for two inputs, in an environment that others have used. */
final class LayerHarness extends AbstractStreamOperatorTestHarness<Assignment> {

    private final IdentityOperator operator;

    LayerHarness(IdentityOperator operator, MockEnvironment environment) throws Exception {
        super(operator, environment);
        this.operator = operator;
        KeySelector<IdentityMessage, String> key = IdentityMessage::key;
        config.setStatePartitioner(0, key);
        config.setStateKeySerializer(
                Types.STRING.createSerializer(executionConfig.getSerializerConfig()));
        config.serializeAllConfigs();
    }

    void hear(IdentityMessage message) throws Exception {
        StreamRecord<IdentityMessage> record = new StreamRecord<>(message, 0);
        operator.setKeyContextElement1(record);
        operator.processElement1(record);
    }

    void hear(Erasure erasure) throws Exception {
        operator.processElement2(new StreamRecord<>(erasure, 0));
    }

    void advance(long time) throws Exception {
        operator.processWatermark1(new Watermark(time));
        operator.processWatermark2(new Watermark(time));
    }

    int entries() {
        return ((HeapKeyedStateBackend<?>) operator.getKeyedStateBackend())
                .numKeyValueStateEntries();
    }
}
