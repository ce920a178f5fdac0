package io.tributary.metric;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;

/** The whole stage: several local subtasks before one keyed one. */
final class TwoPhases implements AutoCloseable {

    private final List<OneInputStreamOperatorTestHarness<MetricDelta, MetricDelta>> locals =
            new ArrayList<>();
    private final KeyedOneInputStreamOperatorTestHarness<String, MetricDelta, Metric> keyed;

    TwoPhases(int subtasks) throws Exception {
        for (int i = 0; i < subtasks; i++) {
            OneInputStreamOperatorTestHarness<MetricDelta, MetricDelta> local =
                    new OneInputStreamOperatorTestHarness<>(new MetricLocalOperator());
            local.open();
            locals.add(local);
        }
        keyed =
                new KeyedOneInputStreamOperatorTestHarness<>(
                        new KeyedProcessOperator<>(new MetricFunction(Duration.ofDays(40))),
                        MetricDelta::metricId,
                        Types.STRING);
        keyed.open();
    }

    void process(int subtask, MetricDelta delta) throws Exception {
        locals.get(subtask).processElement(new StreamRecord<>(delta));
    }

    /** The watermark passes every local subtask, and after what they held the keyed one. */
    void watermark(long time) throws Exception {
        for (OneInputStreamOperatorTestHarness<MetricDelta, MetricDelta> local : locals) {
            local.processWatermark(time);
            for (MetricDelta sum : local.extractOutputValues()) {
                keyed.processElement(new StreamRecord<>(sum));
            }
            local.getOutput().clear();
        }
        keyed.processWatermark(time);
    }

    /** Every document in the order in which it was emitted. */
    List<Metric> documents() {
        return keyed.extractOutputValues();
    }

    /** The last revision of each document, by id, revision 0: what a bounded run writes. */
    Map<String, Metric> last() {
        Map<String, Metric> last = new TreeMap<>();
        for (Metric m : documents()) {
            last.put(
                    m.id(),
                    new Metric(
                            m.id(),
                            m.name(),
                            m.start(),
                            m.end(),
                            m.dimensions(),
                            m.value(),
                            m.n(),
                            0));
        }
        return last;
    }

    @Override
    public void close() throws Exception {
        for (OneInputStreamOperatorTestHarness<MetricDelta, MetricDelta> local : locals) {
            local.close();
        }
        keyed.close();
    }
}
