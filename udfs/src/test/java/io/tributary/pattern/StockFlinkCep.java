package io.tributary.pattern;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.event.CustomerEvent;
import io.tributary.event.CustomerEventSerializer;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.cep.EventComparator;
import org.apache.flink.cep.functions.PatternProcessFunction;
import org.apache.flink.cep.nfa.NFA;
import org.apache.flink.cep.nfa.State;
import org.apache.flink.cep.nfa.compiler.NFACompiler;
import org.apache.flink.cep.operator.CepOperator;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.TimerHeapInternalTimer;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.Collector;
import org.apache.flink.util.ExceptionUtils;
import org.apache.flink.util.WrappingRuntimeException;
import org.jspecify.annotations.Nullable;

/**
 * flink-cep's own operator on the same {@code Pattern}, keyed by customer and instance, with a
 * watermark at every time at which anything can come about.
 */
public final class StockFlinkCep {

    private final PatternDefinition definition;
    private final boolean ownAbsence;
    private final CepOperator<CustomerEvent, String, Map<String, List<CustomerEvent>>> operator;
    private final TreeMap<Long, Set<String>> times = new TreeMap<>();
    private final List<Set<Map<String, List<String>>>> matches = new ArrayList<>();

    private StockFlinkCep(CompiledPattern pattern) {
        this.definition = pattern.definition();
        this.ownAbsence = definition.absence() != null;
        Collect collect = new Collect();
        this.operator =
                new CepOperator<>(
                        new CustomerEventSerializer(),
                        false,
                        factory(pattern),
                        (EventComparator<CustomerEvent>) CustomerEvent.BY_TIME_THEN_ID::compare,
                        FlinkPatterns.skip(definition.skip()),
                        collect,
                        null);
        collect.receiver = this::keep;
    }

    /**
     * flink-cep's own, with one thing put right: states that its compiler copies, for {@code until}
     * and for optional steps, lose the bound that {@code within} gave their step.
     */
    private static NFACompiler.NFAFactory<CustomerEvent> factory(CompiledPattern pattern) {
        PatternDefinition definition = pattern.definition();
        NFACompiler.NFAFactory<CustomerEvent> own =
                NFACompiler.compileFactory(
                        pattern.sequence().pattern().within(definition.window()), false);
        Collection<State<CustomerEvent>> states = own.createNFA().getStates();
        Map<String, Long> bounds = new HashMap<>(bounds(own.createNFA()));
        int kept = bounds.size();
        Nfa.stepWindows(definition, states).forEach(bounds::putIfAbsent);
        if (bounds.size() == kept) {
            return own;
        }
        return () -> new NFA<>(states, bounds, definition.window().toMillis(), false);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Long> bounds(NFA<CustomerEvent> nfa) {
        try {
            Field field = NFA.class.getDeclaredField("windowTimes");
            field.setAccessible(true);
            return (Map<String, Long>) field.get(nfa);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    /**
     * @param logs one a customer, sorted
     * @return the matches of each log, step name to event ids
     * @throws BrokenStock if flink-cep cannot run the definition
     */
    public static List<Set<Map<String, List<String>>>> matches(
            CompiledPattern pattern, List<List<CustomerEvent>> logs) throws Exception {
        try {
            return new StockFlinkCep(pattern).run(logs);
        } catch (RuntimeException e) {
            // wrapped once more where events of one time are processed
            if (ExceptionUtils.findThrowable(e, WrappingRuntimeException.class).isEmpty()) {
                throw e;
            }
            throw new BrokenStock(e);
        }
    }

    /** flink-cep itself fails on rare sequences; there is nothing to compare with then. */
    public static final class BrokenStock extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private BrokenStock(Throwable cause) {
            super(cause);
        }
    }

    private List<Set<Map<String, List<String>>>> run(List<List<CustomerEvent>> logs)
            throws Exception {
        try (KeyedOneInputStreamOperatorTestHarness<
                        String, CustomerEvent, Map<String, List<CustomerEvent>>>
                harness =
                        new KeyedOneInputStreamOperatorTestHarness<>(
                                operator, event -> "", Types.STRING)) {
            harness.setup();
            harness.open();
            for (int customer = 0; customer < logs.size(); customer++) {
                matches.add(new HashSet<>());
                for (CustomerEvent event : logs.get(customer)) {
                    String instance = instance(event);
                    if (instance != null) {
                        String key = customer + "/" + instance;
                        addTimes(key, event.time());
                        operator.setCurrentKey(key);
                        operator.processElement(new StreamRecord<>(event, event.time()));
                    }
                }
            }
            for (Map.Entry<Long, Set<String>> time : times.entrySet()) {
                harness.processWatermark(time.getKey());
                // the operator sets timers for the whole window only; a step's window needs a nudge
                for (String key : time.getValue()) {
                    operator.setCurrentKey(key);
                    operator.onEventTime(
                            new TimerHeapInternalTimer<>(
                                    time.getKey(), key, VoidNamespace.INSTANCE));
                }
            }
        }
        return matches;
    }

    /** The value of {@code per}; null for an event that takes no part. */
    private @Nullable String instance(CustomerEvent event) {
        JsonNode value = event.properties();
        for (String name : definition.per()) {
            value = value.path(name);
        }
        return definition.per().isEmpty()
                ? ""
                : value.isValueNode() && !value.isNull() ? value.asText() : null;
    }

    /** When an event of this time can make a difference. */
    private void addTimes(String key, long time) {
        Set<Duration> delays = new HashSet<>(Set.of(Duration.ZERO, definition.window()));
        for (Step step : definition.steps()) {
            if (step.within() != null) {
                delays.add(step.within());
            }
        }
        delays.forEach(
                delay ->
                        times.computeIfAbsent(time + delay.toMillis(), t -> new TreeSet<>())
                                .add(key));
    }

    private void keep(Map<String, List<CustomerEvent>> match) {
        Map<String, List<String>> ids = new TreeMap<>();
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        for (Map.Entry<String, List<CustomerEvent>> step : match.entrySet()) {
            ids.put(step.getKey(), step.getValue().stream().map(CustomerEvent::id).toList());
            for (CustomerEvent event : step.getValue()) {
                first = Math.min(first, event.time());
                last = Math.max(last, event.time());
            }
        }
        // stock's one window reaches to the end of an absence that has its own
        if (!ownAbsence || last - first < definition.within().toMillis()) {
            String key = String.valueOf(operator.getCurrentKey());
            matches.get(Integer.parseInt(key.substring(0, key.indexOf('/')))).add(ids);
        }
    }

    private interface Receiver {
        void accept(Map<String, List<CustomerEvent>> match);
    }

    private static final class Collect
            extends PatternProcessFunction<CustomerEvent, Map<String, List<CustomerEvent>>> {
        private static final long serialVersionUID = 1L;

        @SuppressWarnings("NullAway.Init") // given before anything is matched
        private transient Receiver receiver;

        @Override
        public void processMatch(
                Map<String, List<CustomerEvent>> match,
                Context context,
                Collector<Map<String, List<CustomerEvent>>> out) {
            receiver.accept(match);
        }
    }
}
