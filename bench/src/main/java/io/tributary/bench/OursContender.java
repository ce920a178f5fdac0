package io.tributary.bench;

import io.tributary.bench.OperatorRun.Store;
import io.tributary.customer.CustomerFunction;
import io.tributary.customer.Evaluation;
import io.tributary.customer.Horizon;
import io.tributary.definition.Definitions;
import io.tributary.definition.Problems;
import io.tributary.event.CustomerEvent;
import io.tributary.event.EventCatalog;
import io.tributary.identity.Assignment;
import io.tributary.journey.LogEntry;
import io.tributary.ledger.LedgerEntry;
import io.tributary.pattern.PatternLibrary;
import java.time.Duration;
import java.util.Set;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.jspecify.annotations.Nullable;

/**
 * The customer operator: journeys, documents and decisions included, as it runs in the job. All
 * that the benchmark knows of how this operator is made and keeps its state is in here.
 */
final class OursContender implements EngineContender {

    /** Column families of RocksDB that hold the log; everything else is state beside it. */
    static final Set<String> LOG_STATES = Set.of("log");

    private static final Duration RETENTION = Duration.ofDays(30);

    /** Steps of event time in which what was loaded is evaluated; bounds what one step emits. */
    private static final int LOAD_STEPS = 1_000;

    private final String name;
    private final CustomerOperator operator;
    private final OperatorRun<Assignment, LedgerEntry> run;
    private final MatchSet matches = new MatchSet();
    private final CacheModel cache;

    /**
     * @param cachedCustomers how many customers the operator may keep on the heap
     * @param restored null to begin with no state
     */
    OursContender(
            String name,
            Definitions definitions,
            int cachedCustomers,
            Store store,
            @Nullable OperatorSubtaskState restored)
            throws Exception {
        this.name = name;
        this.cache = new CacheModel(cachedCustomers);
        this.operator =
                new CustomerOperator(
                        new CustomerFunction(
                                definitions, horizon(definitions), Evaluation.onArrival()));
        this.run =
                new OperatorRun<>(operator, Assignment::customer, store, restored, this::emitted);
    }

    private static Horizon horizon(Definitions definitions) {
        Problems problems = new Problems();
        EventCatalog events = EventCatalog.read(definitions, problems);
        try (PatternLibrary library = PatternLibrary.compile(definitions, events, problems)) {
            problems.throwIfAny();
            return new Horizon(RETENTION, library.longestWindow());
        }
    }

    private void emitted(Object output) {
        if (output instanceof LedgerEntry entry) {
            matches.add(
                    entry.match().pattern(),
                    entry.painPoint(),
                    entry.sign(),
                    entry.match().start());
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void process(Assignment assignment) throws Exception {
        run.process(assignment, assignment.event().time());
    }

    @Override
    public void watermark(long time) throws Exception {
        run.watermark(time);
    }

    MatchSet matches() {
        return matches;
    }

    /** To be told of every event; asked how many customers were at hand. */
    CacheModel cache() {
        return cache;
    }

    OperatorRun<Assignment, LedgerEntry> run() {
        return run;
    }

    /**
     * Gives every customer their history. The events go into the log's state as the operator keeps
     * them, then the operator itself evaluates each customer once, at a timer: what it stores
     * beside the log is its own work.
     */
    void load(EngineTraffic traffic) throws Exception {
        long from = EngineTraffic.LIVE - LOAD_STEPS;
        for (int i = 0; i < traffic.customers(); i++) {
            long step = from + (long) i * LOAD_STEPS / traffic.customers();
            operator.load(traffic.customer(i), traffic.history(i), step);
        }
        for (long time = from; time < EngineTraffic.LIVE; time++) {
            run.watermark(time);
        }
    }

    @Override
    public void close() throws Exception {
        run.close();
    }

    /** The operator, with a way to put events into its state. */
    private static final class CustomerOperator
            extends KeyedProcessOperator<String, Assignment, LedgerEntry> {

        private static final long serialVersionUID = 1L;

        private transient MapState<String, LogEntry> log;
        private transient ValueState<Long> timer;
        private transient InternalTimerService<VoidNamespace> timers;

        @SuppressWarnings("NullAway.Init") // open() comes before everything else
        CustomerOperator(CustomerFunction function) {
            super(function);
        }

        @Override
        public void open() throws Exception {
            super.open();
            log =
                    getRuntimeContext()
                            .getMapState(
                                    new MapStateDescriptor<>(
                                            "log",
                                            Types.STRING,
                                            TypeInformation.of(LogEntry.class)));
            timer = getRuntimeContext().getState(new ValueStateDescriptor<>("timer", Types.LONG));
            timers = getInternalTimerService("user-timers", VoidNamespaceSerializer.INSTANCE, this);
        }

        void load(String customer, Iterable<CustomerEvent> events, long evaluateAt)
                throws Exception {
            setCurrentKey(customer);
            for (CustomerEvent event : events) {
                log.put(event.id(), LogEntry.ABSENT.with(event, 1));
            }
            timer.update(evaluateAt);
            timers.registerEventTimeTimer(VoidNamespace.INSTANCE, evaluateAt);
        }
    }
}
