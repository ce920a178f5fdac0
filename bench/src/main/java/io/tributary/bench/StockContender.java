package io.tributary.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.bench.OperatorRun.Store;
import io.tributary.bench.StockPatterns.Stock;
import io.tributary.event.CustomerEvent;
import io.tributary.event.CustomerEventSerializer;
import io.tributary.identity.Assignment;
import io.tributary.pattern.MatchId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.flink.cep.functions.PatternProcessFunction;
import org.apache.flink.cep.nfa.compiler.NFACompiler;
import org.apache.flink.cep.operator.CepOperator;
import org.apache.flink.util.Collector;

/**
 * flink-cep as it comes: what {@code CEP.pattern} makes, one operator for each definition. It knows
 * no history. Where a definition has {@code per}, the operator is keyed by customer and that
 * property, and only gets the events that carry it.
 */
final class StockContender implements EngineContender {

    /** Only what it takes to count a match. */
    private record Found(String definition, String id, long start) {}

    private record Running(String per, OperatorRun<CustomerEvent, Found> run) {}

    private final String name;
    private final MatchSet matches = new MatchSet();
    private final List<Running> operators = new ArrayList<>();

    /**
     * @param store of the definition with this id
     */
    StockContender(String name, Function<String, Store> store) throws Exception {
        this.name = name;
        for (Stock stock : StockPatterns.all()) {
            String per = stock.per();
            CepOperator<CustomerEvent, String, Found> operator =
                    new CepOperator<>(
                            CustomerEventSerializer.INSTANCE,
                            false,
                            NFACompiler.compileFactory(stock.pattern(), false),
                            null,
                            StockPatterns.SKIP,
                            new Tell(stock.id(), stock.steps()),
                            null);
            operators.add(
                    new Running(
                            per,
                            new OperatorRun<>(
                                    operator,
                                    event -> key(event, per),
                                    CustomerEvent.class,
                                    store.apply(stock.id()),
                                    null,
                                    this::emitted)));
        }
    }

    private static String key(CustomerEvent event, String per) {
        String customer = event.identifiers().get(0).key();
        return per.isEmpty() ? customer : customer + "|" + event.properties().path(per).asText();
    }

    private void emitted(Object output) {
        if (output instanceof Found found) {
            matches.add(found.definition(), found.id(), 1, found.start());
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void process(Assignment assignment) throws Exception {
        CustomerEvent event = assignment.event();
        for (Running running : operators) {
            if (running.per().isEmpty() || carries(event, running.per())) {
                running.run().process(event, event.time());
            }
        }
    }

    private static boolean carries(CustomerEvent event, String property) {
        JsonNode value = event.properties().path(property);
        return value.isValueNode() && !value.isNull();
    }

    @Override
    public void watermark(long time) throws Exception {
        for (Running running : operators) {
            running.run().watermark(time);
        }
    }

    MatchSet matches() {
        return matches;
    }

    @Override
    public void close() throws Exception {
        for (Running running : operators) {
            running.run().close();
        }
    }

    private static final class Tell extends PatternProcessFunction<CustomerEvent, Found> {

        private static final long serialVersionUID = 1L;

        private final String definition;
        private final List<String> steps;

        Tell(String definition, List<String> steps) {
            this.definition = definition;
            this.steps = steps;
        }

        @Override
        public void processMatch(
                Map<String, List<CustomerEvent>> match, Context context, Collector<Found> out) {
            LinkedHashMap<String, List<String>> ids = new LinkedHashMap<>();
            long start = Long.MAX_VALUE;
            for (String step : steps) {
                List<CustomerEvent> events = new ArrayList<>(match.get(step));
                events.sort(CustomerEvent.BY_TIME_THEN_ID);
                ids.put(step, events.stream().map(CustomerEvent::id).toList());
                start = Math.min(start, events.get(0).time());
            }
            out.collect(new Found(definition, MatchId.of(definition, ids), start));
        }
    }
}
