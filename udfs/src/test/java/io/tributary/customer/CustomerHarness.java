package io.tributary.customer;

import io.tributary.definition.Definitions;
import io.tributary.erasure.Erasure;
import io.tributary.erasure.ErasureReport;
import io.tributary.event.CustomerEvent;
import io.tributary.identity.Assignment;
import io.tributary.journey.CustomerDocument;
import io.tributary.ledger.LedgerEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/** The customer operator on a Flink harness, with the sums of what it told so far. */
final class CustomerHarness implements AutoCloseable {

    static final Horizon HORIZON = new Horizon(Duration.ofDays(2), Duration.ofHours(6));

    private final Definitions definitions;
    private final Horizon horizon;
    private final Evaluation evaluation;
    private final CustomerLimits limits;
    private final StateBackend backend;
    private KeyedOneInputStreamOperatorTestHarness<String, Assignment, LedgerEntry> harness;
    private long watermark = Long.MIN_VALUE;

    private final Map<String, Integer> asserted = new TreeMap<>();
    private final Map<String, CustomerDocument> documents = new TreeMap<>();
    private final Map<String, Integer> stages = new TreeMap<>();
    private final Map<String, Integer> events = new TreeMap<>();
    private final List<ErasureReport> reports = new ArrayList<>();
    private final List<CustomerEvent> late = new ArrayList<>();
    private final List<CustomerEvent> quarantined = new ArrayList<>();
    private final List<LedgerEntry> told = new ArrayList<>();

    CustomerHarness(Evaluation evaluation) throws Exception {
        this(TestDefinitions.shop(), HORIZON, evaluation);
    }

    CustomerHarness(Definitions definitions, Horizon horizon, Evaluation evaluation)
            throws Exception {
        this(definitions, horizon, evaluation, CustomerLimits.DEFAULT);
    }

    CustomerHarness(
            Definitions definitions, Horizon horizon, Evaluation evaluation, CustomerLimits limits)
            throws Exception {
        this(definitions, horizon, evaluation, limits, new HashMapStateBackend());
    }

    CustomerHarness(
            Definitions definitions,
            Horizon horizon,
            Evaluation evaluation,
            CustomerLimits limits,
            StateBackend backend)
            throws Exception {
        this.backend = backend;
        this.limits = limits;
        this.definitions = definitions;
        this.horizon = horizon;
        this.evaluation = evaluation;
        this.harness = open(null);
    }

    private KeyedOneInputStreamOperatorTestHarness<String, Assignment, LedgerEntry> open(
            @Nullable OperatorSubtaskState state) throws Exception {
        KeyedOneInputStreamOperatorTestHarness<String, Assignment, LedgerEntry> opened =
                new KeyedOneInputStreamOperatorTestHarness<>(
                        new CustomerOperator(definitions, horizon, evaluation, limits, () -> 0),
                        Assignment::customer,
                        Types.STRING);
        ((SerializerConfigImpl) opened.getExecutionConfig().getSerializerConfig())
                .setGenericTypes(false);
        opened.setStateBackend(backend);
        if (state != null) {
            opened.initializeState(state);
        }
        opened.open();
        return opened;
    }

    CustomerHarness plus(String customer, CustomerEvent event) throws Exception {
        return process(Assignment.plus(customer, event));
    }

    CustomerHarness minus(String customer, CustomerEvent event) throws Exception {
        return process(Assignment.minus(customer, event));
    }

    CustomerHarness erase(Erasure erasure) throws Exception {
        return process(Assignment.erasure(erasure));
    }

    CustomerHarness process(Assignment assignment) throws Exception {
        harness.processElement(assignment, assignment.event().time());
        drain();
        return this;
    }

    CustomerHarness watermark(long time) throws Exception {
        watermark = Math.max(watermark, time);
        harness.processWatermark(watermark);
        drain();
        return this;
    }

    /** Ends the operator and starts another from its checkpoint. */
    CustomerHarness restart() throws Exception {
        OperatorSubtaskState state = harness.snapshot(1, 1);
        harness.close();
        harness = open(state);
        return this;
    }

    private void drain() {
        for (Object output : harness.getOutput()) {
            if (output instanceof StreamRecord<?> record
                    && record.getValue() instanceof LedgerEntry entry) {
                told.add(entry);
                sum(
                        asserted,
                        entry.customer() + " " + entry.status() + " " + entry.match(),
                        entry.sign());
            }
        }
        harness.getOutput().clear();
        side(CustomerOperator.DOCUMENTS)
                .forEach(document -> documents.put(document.customer(), document));
        side(CustomerOperator.STAGE_CHANGES)
                .forEach(
                        change -> {
                            change.gone().forEach(visit -> sum(stages, visit.toString(), -1));
                            change.come().forEach(visit -> sum(stages, visit.toString(), 1));
                        });
        side(CustomerOperator.EVENT_CHANGES)
                .forEach(
                        change -> {
                            if (change.before() != null) {
                                sum(events, change.before().toString(), -1);
                            }
                            if (change.after() != null) {
                                sum(events, change.after().toString(), 1);
                            }
                        });
        reports.addAll(side(CustomerOperator.ERASURE_REPORTS));
        late.addAll(side(CustomerOperator.LATE));
        quarantined.addAll(side(CustomerOperator.QUARANTINED));
    }

    private <T> List<T> side(OutputTag<T> tag) {
        Queue<StreamRecord<T>> queue = harness.getSideOutput(tag);
        List<T> values = new ArrayList<>();
        if (queue != null) {
            queue.forEach(record -> values.add(record.getValue()));
            queue.clear();
        }
        return values;
    }

    private static void sum(Map<String, Integer> sums, String key, int sign) {
        sums.merge(key, sign, Integer::sum);
        sums.remove(key, 0);
    }

    /** Pain points that stand, each with the sum of its signs. */
    Map<String, Integer> asserted() {
        return asserted;
    }

    /** Ids of the definitions whose pain points stand. */
    TreeSet<String> patterns() {
        TreeSet<String> patterns = new TreeSet<>();
        for (LedgerEntry entry : told) {
            String key = entry.customer() + " " + entry.status() + " " + entry.match();
            if (asserted.containsKey(key)) {
                patterns.add(entry.match().pattern());
            }
        }
        return patterns;
    }

    List<LedgerEntry> told() {
        return told;
    }

    /** Last documents without their revision. */
    Map<String, String> documents() {
        Map<String, String> last = new TreeMap<>();
        documents.forEach(
                (customer, document) ->
                        last.put(
                                customer,
                                document.isEmptied()
                                        ? "emptied"
                                        : document.data().without("revision").toString()));
        return last;
    }

    Map<String, Integer> stages() {
        return stages;
    }

    Map<String, Integer> events() {
        return events;
    }

    List<ErasureReport> reports() {
        return reports;
    }

    List<CustomerEvent> late() {
        return late;
    }

    List<CustomerEvent> quarantined() {
        return quarantined;
    }

    /** What a checkpoint would hold. */
    int stateEntries() throws Exception {
        harness.snapshot(1, 1);
        return harness.numKeyedStateEntries();
    }

    int timers() {
        return harness.numEventTimeTimers();
    }

    @Override
    public void close() throws Exception {
        harness.close();
    }
}
