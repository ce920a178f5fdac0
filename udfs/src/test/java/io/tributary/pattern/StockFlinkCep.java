package io.tributary.pattern;

import io.tributary.event.CustomerEvent;
import io.tributary.event.CustomerEventSerializer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.cep.EventComparator;
import org.apache.flink.cep.functions.PatternProcessFunction;
import org.apache.flink.cep.nfa.compiler.NFACompiler;
import org.apache.flink.cep.operator.CepOperator;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.TimerHeapInternalTimer;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.Collector;

/** flink-cep's own operator on the same {@code Pattern}, with a watermark at every time step. */
final class StockFlinkCep {

    private static final long STEP = 1_000;

    private StockFlinkCep() {}

    /**
     * @param logs one a customer, sorted, times in whole seconds
     * @return the matches of each log, step name to event ids
     */
    static List<List<Map<String, List<String>>>> matches(
            CompiledPattern pattern, List<List<CustomerEvent>> logs) throws Exception {
        CepOperator<CustomerEvent, Integer, Map<String, List<String>>> operator =
                new CepOperator<>(
                        new CustomerEventSerializer(),
                        false,
                        NFACompiler.compileFactory(
                                pattern.sequence().pattern().within(pattern.definition().within()),
                                false),
                        (EventComparator<CustomerEvent>) CustomerEvent.BY_TIME_THEN_ID::compare,
                        FlinkPatterns.skip(pattern.definition().skip()),
                        new Collect(),
                        null);
        List<List<Map<String, List<String>>>> matches = new ArrayList<>();
        logs.forEach(log -> matches.add(new ArrayList<>()));
        KeySelector<CustomerEvent, Integer> customer = event -> Integer.valueOf(event.source());
        try (KeyedOneInputStreamOperatorTestHarness<
                        Integer, CustomerEvent, Map<String, List<String>>>
                harness =
                        new KeyedOneInputStreamOperatorTestHarness<>(
                                operator, customer, Types.INT)) {
            harness.setup();
            harness.open();
            for (List<CustomerEvent> log : logs) {
                for (CustomerEvent event : log) {
                    harness.processElement(new StreamRecord<>(event, event.time()));
                }
            }
            long last = logs.stream().mapToLong(l -> l.get(l.size() - 1).time()).max().orElse(0);
            long end = last + pattern.definition().window().toMillis() + STEP;
            for (long time = Log.START; time <= end; time += STEP) {
                harness.processWatermark(time);
                // the operator sets timers for the whole window only; a step's window needs a nudge
                for (int key = 0; key < logs.size(); key++) {
                    operator.setCurrentKey(key);
                    operator.onEventTime(
                            new TimerHeapInternalTimer<>(time, key, VoidNamespace.INSTANCE));
                }
            }
            for (Object output : harness.getOutput()) {
                if (output instanceof StreamRecord<?> record) {
                    @SuppressWarnings("unchecked")
                    Map<String, List<String>> match = (Map<String, List<String>>) record.getValue();
                    String id = match.values().iterator().next().get(0);
                    matches.get(Integer.parseInt(id.split("/", -1)[0])).add(match);
                }
            }
        }
        return matches;
    }

    private static final class Collect
            extends PatternProcessFunction<CustomerEvent, Map<String, List<String>>> {
        private static final long serialVersionUID = 1L;

        @Override
        public void processMatch(
                Map<String, List<CustomerEvent>> match,
                Context context,
                Collector<Map<String, List<String>>> out) {
            Map<String, List<String>> ids = new TreeMap<>();
            match.forEach(
                    (step, events) ->
                            ids.put(step, events.stream().map(CustomerEvent::id).toList()));
            out.collect(ids);
        }
    }
}
