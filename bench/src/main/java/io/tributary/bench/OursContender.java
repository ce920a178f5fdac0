package io.tributary.bench;

import io.tributary.bench.OperatorRun.Store;
import io.tributary.customer.CustomerLimits;
import io.tributary.customer.CustomerOperator;
import io.tributary.customer.Evaluation;
import io.tributary.customer.Horizon;
import io.tributary.definition.Definitions;
import io.tributary.definition.Problems;
import io.tributary.event.CustomerEvent;
import io.tributary.event.EventCatalog;
import io.tributary.identity.Assignment;
import io.tributary.ledger.LedgerEntry;
import io.tributary.pattern.PatternLibrary;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.jspecify.annotations.Nullable;

/**
 * The customer operator: journeys, documents and decisions included, as it runs in the job. All
 * that the benchmark knows of how this operator is made and keeps its state is in here.
 */
final class OursContender implements EngineContender {

    /** Column families of RocksDB that hold the log; everything else is state beside it. */
    static final Set<String> LOG_STATES = Set.of("log");

    /** The state that is read for each customer who is not on the heap. */
    private static final String ROWS = "state";

    private static final Duration RETENTION = Duration.ofDays(30);

    private final String name;
    private final OperatorRun<Assignment, LedgerEntry> run;
    private final MatchSet matches = new MatchSet();
    private final CustomerOperator operator;
    private long hitsBefore;
    private long missesBefore;

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
        this.operator =
                new CustomerOperator(
                        definitions,
                        horizon(definitions),
                        Evaluation.onArrival(),
                        new CustomerLimits(cachedCustomers, CustomerLimits.DEFAULT.events()),
                        System::nanoTime);
        this.run =
                new OperatorRun<>(
                        operator,
                        Assignment::customer,
                        Assignment.class,
                        store,
                        restored,
                        this::emitted);
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

    @Override
    public void readAll() throws Exception {
        run.read(ROWS);
    }

    MatchSet matches() {
        return matches;
    }

    /** Forgets how many customers were on the heap. */
    void resetHitRate() {
        hitsBefore = operator.cacheHits();
        missesBefore = operator.cacheMisses();
    }

    /** The share of customers that were on the heap since the last reset. */
    double hitRate() {
        double hits = operator.cacheHits() - hitsBefore;
        return hits / Math.max(1, hits + operator.cacheMisses() - missesBefore);
    }

    OperatorRun<Assignment, LedgerEntry> run() {
        return run;
    }

    /**
     * Gives every customer their history: lives through that of the templates, as it happened, and
     * copies what this left behind. Afterwards only {@link OperatorRun#checkpoint} may follow.
     */
    void load(EngineTraffic traffic) throws Exception {
        List<Assignment> past = new ArrayList<>();
        for (int i = 0; i < traffic.templates(); i++) {
            String customer = traffic.customer(i);
            traffic.history(i).forEach(event -> past.add(Assignment.plus(customer, event)));
        }
        past.sort(Comparator.comparing(Assignment::event, CustomerEvent.BY_TIME_THEN_ID));
        for (int i = 0; i < past.size(); i++) {
            process(past.get(i));
            if (i % EngineSlices.WATERMARK_EVERY == 0) {
                watermark(past.get(i).event().time() - 1);
            }
        }
        watermark(EngineTraffic.LIVE - 1);
        run.flush(1);
        new CustomerClones(traffic, run.backend()).write();
    }

    @Override
    public void close() throws Exception {
        run.close();
    }
}
