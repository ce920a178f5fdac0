package io.tributary.ledger;

import java.time.Duration;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Keeps the {@link PainPointLife} of each pain point, keyed by {@link LedgerEntry#painPoint()}, and
 * emits what {@link PainPointLedger} says has changed.
 *
 * <p>A life is forgotten when the watermark passes its expiry. Forgetting emits nothing, so it is
 * harmless that the last watermark of a bounded run forgets everything; what that watermark makes
 * the customer operator emit comes before it. An entry about a pain point that must have been
 * forgotten cannot be told from a first one and goes to {@link #EXPIRED}.
 */
public final class LedgerFunction extends KeyedProcessFunction<String, LedgerEntry, PainPoint> {

    private static final long serialVersionUID = 1L;

    public static final OutputTag<DecisionDocument> DECISIONS =
            new OutputTag<>("decisions", TypeInformation.of(DecisionDocument.class));

    /** Every change of a document, for counting. */
    public static final OutputTag<LedgerChange> CHANGES =
            new OutputTag<>("changes", TypeInformation.of(LedgerChange.class));

    /** Entries older than the retention; none, if it is as long as {@link PainPointLedger} asks. */
    public static final OutputTag<LedgerEntry> EXPIRED =
            new OutputTag<>("expired", TypeInformation.of(LedgerEntry.class));

    private final Duration retention;

    private transient PainPointLedger ledger;
    private transient ValueState<PainPointLife> lives;
    private transient Counter expired;
    private transient LifeMetrics metrics;

    /**
     * @param retention see {@link PainPointLedger#PainPointLedger}
     */
    @SuppressWarnings("NullAway.Init") // open() comes before everything else
    public LedgerFunction(Duration retention) {
        this.retention = retention;
    }

    @Override
    public void open(OpenContext context) {
        ledger = new PainPointLedger(retention);
        lives =
                getRuntimeContext()
                        .getState(
                                new ValueStateDescriptor<>(
                                        "life", TypeInformation.of(PainPointLife.class)));
        MetricGroup group = getRuntimeContext().getMetricGroup().addGroup("ledger");
        expired = group.counter("expired");
        metrics = new LifeMetrics(group);
    }

    @Override
    public void processElement(LedgerEntry entry, Context context, Collector<PainPoint> out)
            throws Exception {
        PainPointLife before = lives.value();
        long watermark = context.timerService().currentWatermark();
        if (before == null && ledger.isExpired(entry, watermark)) {
            expired.inc();
            context.output(EXPIRED, entry);
            return;
        }
        Long timestamp = context.timestamp();
        PainPointLife after =
                ledger.apply(
                        before,
                        entry,
                        timestamp == null ? entry.match().detectedAt() : timestamp,
                        watermark);
        store(before == null ? PainPointLife.UNBORN : before, after, context);
        emit(before == null ? PainPointLife.UNBORN : before, after, context, out);
    }

    private void store(PainPointLife before, PainPointLife after, Context context)
            throws Exception {
        if (before.expiresAt() != after.expiresAt() || after.isEmpty()) {
            context.timerService().deleteEventTimeTimer(before.expiresAt());
        }
        if (after.isEmpty()) {
            lives.clear();
            return;
        }
        context.timerService().registerEventTimeTimer(after.expiresAt());
        lives.update(after);
    }

    private void emit(
            PainPointLife before, PainPointLife after, Context context, Collector<PainPoint> out) {
        LedgerChange change =
                new LedgerChange(
                        before.painPoint(), after.painPoint(), before.decision(), after.decision());
        if (change.changesPainPoint() && after.painPoint() != null) {
            out.collect(after.painPoint());
        }
        if (change.changesDecision() && after.decision() != null) {
            context.output(DECISIONS, after.decision());
        }
        if (change.changesPainPoint() || change.changesDecision()) {
            context.output(CHANGES, change);
            metrics.count(change);
        }
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<PainPoint> out)
            throws Exception {
        lives.clear();
    }
}
