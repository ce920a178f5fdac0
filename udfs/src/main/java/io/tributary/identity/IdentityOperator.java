package io.tributary.identity;

import io.tributary.definition.Definitions;
import io.tributary.erasure.Erasure;
import io.tributary.erasure.ErasureReport;
import io.tributary.erasure.ErasureStore;
import io.tributary.erasure.Erasures;
import io.tributary.erasure.KeysStore;
import io.tributary.erasure.Removed;
import io.tributary.erasure.Sweep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.tasks.ProcessingTimeService;
import org.apache.flink.util.OutputTag;

/**
 * An identity layer, and the erasures that every subtask of it hears of.
 *
 * <p>An erasure is in force once event time has reached the request. From then on an identifier
 * meets it when it is next told something; a {@link Sweep} in slices brings it to the others. The
 * sweep ends at once where event time leaps so far that events after the request become final, and
 * at the end of the input, so that a bounded run forgets all of it.
 */
public class IdentityOperator extends IdentityStageOperator
        implements TwoInputStreamOperator<IdentityMessage, Erasure, Assignment> {

    private static final long serialVersionUID = 1L;

    /** What was removed here, and that nothing is left. */
    public static final OutputTag<ErasureReport> REPORTS =
            new OutputTag<>("erasure-reports", TypeInformation.of(ErasureReport.class));

    /** Milliseconds between two slices of a sweep, for everything else. */
    private static final long SWEEP_PAUSE = 10;

    private final String stage;

    private transient ErasureStore known;
    private transient Sweep sweep;

    /** Those that every identifier will have met when the sweep ends. */
    private transient List<Erasure> sweeping;

    /** Links removed since they were last reported, by key of the customer whom they named. */
    private transient Map<String, Long> links;

    /** How often something came into force; an identifier on the heap has met it up to some. */
    private transient int round;

    private transient boolean scheduled;

    /**
     * @param kept see {@link IdentityStageOperator}
     * @param stage uid of this operator, for its reports
     * @param cached most identifiers on the heap
     */
    @SuppressWarnings("NullAway.Init") // open() comes before everything else
    public IdentityOperator(Definitions definitions, Duration kept, String stage, int cached) {
        super(definitions, kept, cached);
        this.stage = stage;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        known = new ErasureStore(context.getOperatorStateStore());
    }

    @Override
    public void open() throws Exception {
        super.open();
        // each slice is bounded by the number of identifiers alone
        sweep = new Sweep(() -> 0);
        sweeping = List.of();
        links = new HashMap<>();
        round = 1;
        MetricGroup group = getMetricGroup().addGroup("erasure");
        group.gauge("waiting", known::waiting);
        group.gauge("unswept", () -> known.unswept().size());
        group.gauge("swept", sweep::seen);
        startSweep();
    }

    @Override
    Erasures erasures() {
        return known.erasures();
    }

    @Override
    public void processElement1(StreamRecord<IdentityMessage> element) throws Exception {
        process(element);
    }

    @Override
    public void processElement2(StreamRecord<Erasure> element) throws Exception {
        known.add(element.getValue());
        putInForce(watermark());
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        putInForce(mark.getTimestamp());
        if (isLastChance(mark.getTimestamp())) {
            while (sweep.isRunning()) {
                slice();
            }
        }
        super.processWatermark(mark);
    }

    /**
     * Whether events after a request, which lose what linked them to the erased customer, become
     * final by this, so that no later slice could move them.
     */
    private boolean isLastChance(long mark) {
        if (mark == Long.MAX_VALUE) {
            return true;
        }
        for (Erasure erasure : known.unswept()) {
            long last = Days.plus(erasure.until(), kept());
            if (watermark() <= last && last < mark) {
                return true;
            }
        }
        return false;
    }

    private void putInForce(long watermark) throws Exception {
        if (!known.advance(watermark).isEmpty()) {
            round++;
            if (!sweep.isRunning()) {
                startSweep();
            }
        }
    }

    @Override
    void touch(StoredKey key) {
        if (key.erasures != round) {
            key.erasures = round;
            if (!known.unswept().isEmpty()) {
                erase(key).forEach((customer, count) -> links.merge(customer, count, Long::sum));
            }
        }
    }

    private void startSweep() {
        if (known.unswept().isEmpty()) {
            return;
        }
        sweeping = List.copyOf(known.unswept());
        sweep.start(KeysStore.of(store().unwritten(), getKeyedStateBackend(), IdentityStore.INDEX));
        later();
    }

    private void later() {
        if (scheduled) {
            return;
        }
        scheduled = true;
        ProcessingTimeService service = getProcessingTimeService();
        service.registerTimer(
                service.getCurrentProcessingTime() + SWEEP_PAUSE,
                now -> {
                    scheduled = false;
                    if (sweep.isRunning()) {
                        slice();
                    }
                });
    }

    private void slice() throws Exception {
        sweep.slice(this::visit);
        if (!sweep.isRunning()) {
            known.swept(sweeping);
            sweeping.forEach(erasure -> report(erasure, true));
            sweeping = List.of();
            startSweep(); // what came into force meanwhile
        } else {
            later();
        }
    }

    private boolean visit(String identifier) throws Exception {
        setCurrentKey(identifier);
        StoredKey key = store().peek(identifier);
        boolean isNew = key.erasures != round;
        touch(key);
        store().leave(key, watermark());
        return isNew;
    }

    private void report(Erasure erasure, boolean done) {
        Long removed = links.remove(erasure.key());
        if (!done && removed == null) {
            return;
        }
        output.collect(
                REPORTS,
                new StreamRecord<>(
                        ErasureReport.of(
                                erasure,
                                stage,
                                getRuntimeContext().getTaskInfo().getIndexOfThisSubtask(),
                                getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks(),
                                done,
                                Removed.links(removed == null ? 0 : removed))));
    }

    /** What was removed so far must be told with the state that it is no longer in. */
    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        new ArrayList<>(known.unswept()).forEach(erasure -> report(erasure, false));
        super.prepareSnapshotPreBarrier(checkpointId);
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        known.flush();
        super.snapshotState(context);
    }

    @Override
    public void close() throws Exception {
        if (sweep != null) {
            sweep.stop();
        }
        super.close();
    }
}
