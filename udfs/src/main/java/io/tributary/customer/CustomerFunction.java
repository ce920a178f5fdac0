package io.tributary.customer;

import io.tributary.definition.Definitions;
import io.tributary.event.CustomerEvent;
import io.tributary.identity.Assignment;
import io.tributary.journey.CustomerDocument;
import io.tributary.journey.LogEntry;
import io.tributary.ledger.LedgerEntry;
import io.tributary.pattern.CompiledPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Keeps each customer's log and tells what follows from it.
 *
 * <p>State of a customer, all bounded by the retention horizon: {@code log} (one entry per event
 * id), {@code state} (see {@link CustomerState}) and {@code timer} (the one registered event-time
 * timer: the next absence deadline or the next trim, whichever is earlier). Once the horizon has
 * passed after the last event all three are gone, except that a customer's consents are remembered.
 */
public final class CustomerFunction extends KeyedProcessFunction<String, Assignment, LedgerEntry> {

    private static final long serialVersionUID = 1L;

    public static final OutputTag<CustomerDocument> DOCUMENTS =
            new OutputTag<>("customers", TypeInformation.of(CustomerDocument.class));

    /** What came into and left the log, for counting. */
    public static final OutputTag<EventChange> EVENT_CHANGES =
            new OutputTag<>("event-changes", TypeInformation.of(EventChange.class));

    /** What changed in the stays in stages, for counting. */
    public static final OutputTag<StageChange> STAGE_CHANGES =
            new OutputTag<>("stage-changes", TypeInformation.of(StageChange.class));

    /** Events that came after nothing at their time could change any more. */
    public static final OutputTag<CustomerEvent> LATE =
            new OutputTag<>("late", TypeInformation.of(CustomerEvent.class));

    private final Definitions definitions;
    private final Horizon horizon;
    private final Evaluation evaluation;

    private transient CustomerEvaluator evaluator;
    private transient DetectionMetrics metrics;
    private transient LogTrim trim;
    private transient MapState<String, LogEntry> log;
    private transient ValueState<CustomerState> state;
    private transient ValueState<Long> timer;

    @SuppressWarnings("NullAway.Init") // open() comes before everything else
    public CustomerFunction(Definitions definitions, Horizon horizon, Evaluation evaluation) {
        this.definitions = definitions;
        this.horizon = horizon;
        this.evaluation = evaluation;
    }

    @Override
    public void open(OpenContext context) {
        evaluator = CustomerEvaluator.compile(definitions);
        trim = evaluator.trim(horizon);
        log =
                getRuntimeContext()
                        .getMapState(
                                new MapStateDescriptor<>(
                                        "log", Types.STRING, TypeInformation.of(LogEntry.class)));
        state =
                getRuntimeContext()
                        .getState(
                                new ValueStateDescriptor<>(
                                        "state", TypeInformation.of(CustomerState.class)));
        timer = getRuntimeContext().getState(new ValueStateDescriptor<>("timer", Types.LONG));
        evaluator.patterns().forEach(this::count);
        metrics = new DetectionMetrics(getRuntimeContext().getMetricGroup().addGroup("customer"));
    }

    /**
     * One group for each definition: its replays, how often a condition or the engine failed, or
     * the cap dropped.
     */
    private void count(CompiledPattern pattern) {
        MetricGroup group =
                getRuntimeContext()
                        .getMetricGroup()
                        .addGroup("pattern", pattern.definition().id())
                        .addGroup("version", Integer.toString(pattern.definition().version()));
        group.gauge("conditionFailures", pattern::conditionFailures);
        group.gauge("droppedPartialMatches", pattern::droppedPartialMatches);
        group.gauge("failures", pattern::failures);
        group.gauge("replays", pattern::replays);
        group.gauge("replayedEvents", pattern::replayedEvents);
    }

    @Override
    public void close() {
        if (evaluator != null) {
            evaluator.close();
        }
    }

    @Override
    public void processElement(Assignment assignment, Context ctx, Collector<LedgerEntry> out)
            throws Exception {
        CustomerEvent event = assignment.event();
        long watermark = ctx.timerService().currentWatermark();
        if (event.time() < horizon.settledBefore(watermark)) {
            if (assignment.sign() > 0) {
                metrics.late();
                ctx.output(LATE, event);
            }
            return;
        }
        LogEntry before = Optional.ofNullable(log.get(event.id())).orElse(LogEntry.ABSENT);
        LogEntry after = before.with(event, assignment.sign());
        if (after.isAbsent()) {
            log.remove(event.id());
        } else {
            log.put(event.id(), after);
        }
        if (before.event().equals(after.event())) {
            return;
        }
        ctx.output(
                EVENT_CHANGES,
                new EventChange(before.event().orElse(null), after.event().orElse(null)));
        if (evaluation.isBounded()) {
            wakeAt(evaluation.end(), ctx);
            return;
        }
        Set<String> changed = new TreeSet<>();
        before.event().map(CustomerEvent::type).ifPresent(changed::add);
        after.event().map(CustomerEvent::type).ifPresent(changed::add);
        metrics.onArrival(
                evaluate(changed, watermark, ctx, out),
                event.receivedTime(),
                ctx.timerService().currentProcessingTime());
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext ctx, Collector<LedgerEntry> out)
            throws Exception {
        timer.clear();
        long now =
                evaluation.isBounded() ? evaluation.end() : ctx.timerService().currentWatermark();
        List<LedgerEntry> entries = evaluate(null, now, ctx, out);
        if (!evaluation.isBounded()) {
            metrics.atDeadline(entries, ctx.timerService().currentProcessingTime());
        }
    }

    /** Returns what it collected. */
    private List<LedgerEntry> evaluate(
            @Nullable Set<String> changed, long now, Context ctx, Collector<LedgerEntry> out)
            throws Exception {
        CustomerState before = Optional.ofNullable(state.value()).orElse(CustomerState.NEW);
        List<CustomerEvent> events = presentEvents();
        CustomerChange change =
                evaluator.evaluate(
                        ctx.getCurrentKey(), before, events, changed, now, evaluation.isBounded());
        change.entries().forEach(out::collect);
        if (change.stages() != null) {
            ctx.output(STAGE_CHANGES, change.stages());
        }
        if (change.document() != null) {
            ctx.output(DOCUMENTS, change.document());
        }
        CustomerState after = change.state();
        if (!evaluation.isBounded()) {
            after = trim(after, events, now);
            wakeAt(Math.min(after.nextDeadline(), trim.next(after, events, now)), ctx);
        }
        if (after.equals(CustomerState.NEW)) {
            state.clear();
        } else {
            state.update(after);
        }
        return change.entries();
    }

    /** Folds what is older than the horizon into the state and removes it from {@code events}. */
    private CustomerState trim(CustomerState state, List<CustomerEvent> events, long watermark)
            throws Exception {
        if (!trim.isDue(state, events, watermark)) {
            return state;
        }
        int count = trim.count(events, watermark);
        List<CustomerEvent> trimmed = events.subList(0, count);
        CustomerState kept =
                trim.after(state, trimmed, events.subList(count, events.size()), watermark);
        for (CustomerEvent event : trimmed) {
            log.remove(event.id());
        }
        trimmed.clear();
        return kept;
    }

    private List<CustomerEvent> presentEvents() throws Exception {
        List<CustomerEvent> events = new ArrayList<>();
        for (LogEntry entry : log.values()) {
            entry.event().ifPresent(events::add);
        }
        events.sort(CustomerEvent.BY_TIME_THEN_ID);
        return events;
    }

    private void wakeAt(long time, Context ctx) throws Exception {
        Long registered = timer.value();
        if (registered != null && registered == time) {
            return;
        }
        if (registered != null) {
            ctx.timerService().deleteEventTimeTimer(registered);
            timer.clear();
        }
        if (time != Long.MAX_VALUE) {
            ctx.timerService().registerEventTimeTimer(time);
            timer.update(time);
        }
    }
}
