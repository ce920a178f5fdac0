package io.tributary.customer;

import io.tributary.definition.Definitions;
import io.tributary.erasure.Erasure;
import io.tributary.event.CustomerEvent;
import io.tributary.identity.Assignment;
import io.tributary.journey.CustomerSummary;
import io.tributary.pattern.PatternLibrary;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Keeps each customer's log and tells what follows from it: all of the stage but where its
 * definitions come from.
 *
 * <p>An operator of its own, not a function, because it writes customers to keyed state that are
 * not the current key: one who was not needed lately when the heap is full, all that changed before
 * a checkpoint.
 *
 * <p>Event time wakes a customer at the next absence deadline or the next trim, whichever is
 * earlier; see {@link Alarms}.
 */
abstract class CustomerStageOperator extends CustomerOutputOperator
        implements Triggerable<String, VoidNamespace> {

    private static final long serialVersionUID = 1L;

    private final Definitions definitions;
    private final Horizon horizon;
    private final Evaluation evaluation;
    private final CustomerLimits limits;
    private final NanoClock clock;

    private transient CustomerEvaluator evaluator;
    private transient DetectionMetrics metrics;
    private transient PatternMetrics costs;
    private transient LogTrim trim;
    private transient CustomerStore store;
    private transient Alarms alarms;
    private transient InternalTimerService<VoidNamespace> timers;

    @SuppressWarnings("NullAway.Init") // open() comes before everything else
    CustomerStageOperator(
            Definitions definitions,
            Horizon horizon,
            Evaluation evaluation,
            CustomerLimits limits,
            NanoClock clock) {
        this.definitions = definitions;
        this.horizon = horizon;
        this.evaluation = evaluation;
        this.limits = limits;
        this.clock = clock;
    }

    @Override
    public void open() throws Exception {
        super.open();
        evaluator = CustomerEvaluator.compile(definitions);
        trim = evaluator.trim(horizon);
        Keys keys = new Keys();
        store = new CustomerStore(evaluator, getKeyedStateStore(), keys, limits.cached());
        timers = getInternalTimerService("timers", VoidNamespaceSerializer.INSTANCE, this);
        alarms = new Alarms(keys, store::onHeap, limits.cached());
        MetricGroup group = getMetricGroup().addGroup("customer");
        metrics = new DetectionMetrics(group);
        group.gauge("cacheHits", store::hits);
        group.gauge("cacheMisses", store::misses);
        group.gauge("cached", store::size);
        costs = new PatternMetrics(getMetricGroup());
        show(evaluator.patterns());
    }

    private void show(PatternLibrary library) {
        library.patterns().forEach(pattern -> pattern.timeWith(clock));
        costs.show(library);
    }

    /** Customers that were on the heap when an event or a timer came, since the start. */
    public final long cacheHits() {
        return store.hits();
    }

    /** Customers that had to be read, since the start. */
    public final long cacheMisses() {
        return store.misses();
    }

    /** The store points at a customer only when it touches keyed state: most events do not. */
    @Override
    public final boolean hasKeyContext1() {
        return false;
    }

    @Override
    @SuppressWarnings("rawtypes") // as Flink declares it
    public final void setKeyContextElement1(StreamRecord record) {
        // see hasKeyContext1
    }

    /** What is in force. */
    final CustomerEvaluator evaluator() {
        return evaluator;
    }

    final CustomerStore store() {
        return store;
    }

    /** Goes on with other definitions: what is on the heap was derived from the earlier ones. */
    final void use(PatternLibrary library, LibraryHistory history) throws Exception {
        PatternLibrary before = evaluator.patterns();
        evaluator = evaluator.with(library, history);
        trim = evaluator.trim(horizon);
        store.use(evaluator);
        show(library);
        before.closeExcept(library);
    }

    /** Evaluates a customer if some definitions are new to them. */
    final boolean catchUp(String id) throws Exception {
        Customer customer = store.behind(id);
        if (customer == null) {
            return false;
        }
        long watermark = timers.currentWatermark();
        CustomerChange change = evaluator.onDeadline(customer, watermark);
        tell(change, Math.max(watermark, customer.summary.updatedAt()));
        wakeAt(customer, customer.nextWake());
        store.leave(customer);
        return true;
    }

    final void assign(Assignment assignment) throws Exception {
        CustomerEvent event = assignment.event();
        long watermark = timers.currentWatermark();
        if (assignment.sign() == 0) {
            request(Objects.requireNonNull(assignment.erasure()), watermark);
            return;
        }
        boolean isLate = event.time() < horizon.settledBefore(watermark);
        if (isLate && assignment.sign() < 0) {
            return;
        }
        Customer customer = store.get(assignment.customer());
        if (event.time() <= customer.erasedUntil) {
            metrics.erased();
            return;
        }
        if (isLate) {
            metrics.late();
            output.collect(LATE, new StreamRecord<>(event, event.time()));
            return;
        }
        if (customer.ids.size() >= limits.events() && !customer.ids.contains(event.id())) {
            if (assignment.sign() > 0) { // what was never taken needs no taking back
                quarantine(customer, event);
            }
            return;
        }
        if (evaluation.isBounded()) {
            tell(evaluator.record(customer, assignment), event.time());
            wakeAt(customer, evaluation.end());
            return;
        }
        CustomerChange change = evaluator.onAssignment(customer, assignment, watermark);
        tell(change, event.time());
        metrics.onArrival(
                change.entries(),
                event.receivedTime(),
                getProcessingTimeService().getCurrentProcessingTime());
        customer.trimAt = Math.min(customer.trimAt, trim.dueAfter(event.time()));
        wakeAt(customer, customer.nextWake());
    }

    private void request(Erasure erasure, long watermark) throws Exception {
        Customer customer = store.get(erasure.key());
        customer.erasing = Stream.concat(customer.erasing.stream(), Stream.of(erasure)).toList();
        customer.dirty = true;
        if (evaluation.isBounded()) {
            wakeAt(customer, evaluation.end());
        } else {
            erase(customer, watermark);
            wakeAt(customer, customer.nextWake());
        }
    }

    /** Erases what event time has reached; a bounded run evaluates the rest at its end. */
    private void erase(Customer customer, long watermark) {
        for (Erasure erasure : customer.takeErasures(watermark)) {
            CustomerErasure erased = CustomerErasure.apply(customer, erasure);
            CustomerChange change = CustomerChange.NONE;
            if (evaluation.isBounded()) {
                customer.summary = CustomerSummary.EMPTY;
            } else {
                change = evaluator.afterErasure(customer, erased.before(), watermark);
            }
            tell(erased, erasure, change);
        }
    }

    private void quarantine(Customer customer, CustomerEvent event) {
        if (metrics.quarantined(customer.id)) {
            LOG.warn(
                    "{} has more than {} events: the rest goes to the rejected topic",
                    customer.id,
                    limits.events());
        }
        output.collect(QUARANTINED, new StreamRecord<>(event, event.time()));
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        long watermark = mark.getTimestamp();
        for (Customer next = alarms.next(watermark); next != null; next = alarms.next(watermark)) {
            wake(store.get(next.id), Alarms.goesOff(next), watermark);
        }
        super.processWatermark(mark);
    }

    @Override
    public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
        store.isPointedAt(timer.getKey());
        Customer customer = store.get(timer.getKey());
        if (Alarms.fired(customer, timer.getTimestamp())) {
            wake(customer, timer.getTimestamp(), timers.currentWatermark());
        }
    }

    /**
     * @param due at or before {@code watermark}
     */
    private void wake(Customer customer, long due, long watermark) {
        if (!customer.erasing.isEmpty()) {
            erase(customer, watermark);
        }
        if (evaluation.isBounded()) {
            tell(evaluator.atEnd(customer, evaluation.end()), due);
            for (Retraction retraction : evaluator.retractions(customer, evaluation)) {
                output.collect(RETRACTIONS, new StreamRecord<>(retraction, due));
            }
            return;
        }
        CustomerChange change = evaluator.onDeadline(customer, watermark);
        tell(change, due);
        metrics.atDeadline(change.entries(), getProcessingTimeService().getCurrentProcessingTime());
        if (customer.trimAt <= watermark) {
            trim.trim(customer, watermark);
            evaluator.onTrim(customer);
        }
        wakeAt(customer, customer.nextWake());
    }

    @Override
    public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) {
        throw new IllegalStateException("there are no processing-time timers");
    }

    private void wakeAt(Customer customer, long time) {
        alarms.set(customer, time);
        if (time <= timers.currentWatermark()) {
            // at once, not with the next watermark
            store.pointAt(customer.id);
            alarms.store(customer);
        }
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        store.flush();
        super.snapshotState(context);
    }

    @Override
    public void close() throws Exception {
        if (evaluator != null) {
            evaluator.close();
        }
        super.close();
    }

    /** This operator's. */
    private final class Keys implements CustomerStore.Keys, Alarms.Timers {

        @Override
        public void setCurrentKey(Object customer) {
            CustomerStageOperator.this.setCurrentKey(customer);
        }

        @Override
        public void keepTimer(Customer customer) {
            alarms.store(customer);
        }

        @Override
        public void register(long time) {
            timers.registerEventTimeTimer(VoidNamespace.INSTANCE, time);
        }

        @Override
        public void delete(long time) {
            timers.deleteEventTimeTimer(VoidNamespace.INSTANCE, time);
        }
    }
}
