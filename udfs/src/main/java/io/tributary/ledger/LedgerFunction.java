package io.tributary.ledger;

import io.tributary.erasure.Erasure;
import io.tributary.erasure.ErasureReport;
import io.tributary.erasure.Removed;
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

    /** Documents of erased customers. */
    public static final OutputTag<Tombstone> TOMBSTONES =
            new OutputTag<>("tombstones", TypeInformation.of(Tombstone.class));

    /** How many documents an erasure deleted. */
    public static final OutputTag<ErasureReport> REPORTS =
            new OutputTag<>("erasure-reports", TypeInformation.of(ErasureReport.class));

    /** Name of this stage in its reports. */
    public static final String STAGE = "ledger";

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
        Erasure erasure = entry.erasure();
        if (erasure != null) {
            if (before != null) {
                erase(before, entry.customer(), erasure, context, out);
            }
            return;
        }
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

    private void erase(
            PainPointLife before,
            String customer,
            Erasure erasure,
            Context context,
            Collector<PainPoint> out)
            throws Exception {
        PainPointLife after = ledger.erase(before, customer);
        store(before, after, context);
        emit(before, after, context, out);
        PainPoint painPoint = after.painPoint() == null ? before.painPoint() : null;
        DecisionDocument decision = after.decision() == null ? before.decision() : null;
        if (painPoint != null) {
            context.output(TOMBSTONES, Tombstone.of(painPoint));
        }
        if (decision != null) {
            context.output(TOMBSTONES, Tombstone.of(decision));
        }
        if (painPoint != null || decision != null) {
            Removed removed = Removed.told(painPoint == null ? 0 : 1, decision == null ? 0 : 1);
            context.output(REPORTS, ErasureReport.of(erasure, STAGE, 0, 1, false, removed));
        }
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
        if (change.changesPainPoint() || change.changesDecision() || change.deletes()) {
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
