package io.tributary.identity;

import io.tributary.definition.Definitions;
import io.tributary.definition.Problems;
import io.tributary.erasure.Erasures;
import io.tributary.event.Namespaces;
import io.tributary.identity.IdentityLayer.Counted;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Hosts an {@link IdentityLayer}, the same for every rank: messages by identifier in; assignments
 * out, and through {@link ClaimFunction#to} what is told to higher identifiers.
 *
 * <p>An operator of its own, not a function, because it writes identifiers to keyed state that are
 * not the current key; see {@link IdentityStore} for the state.
 */
abstract class IdentityStageOperator extends AbstractStreamOperator<Assignment>
        implements Triggerable<String, VoidNamespace> {

    private static final long serialVersionUID = 1L;

    /** Most identifiers that each subtask keeps on the heap. */
    public static final int CACHED = 10_000;

    /** Most events and entries of theirs that it keeps there: about 50 MB. */
    private static final int WEIGHT = 50_000;

    private final Definitions definitions;
    private final Duration kept;
    private final int cached;

    private transient IdentityLayer layer;
    private transient IdentityMetrics metrics;
    private transient IdentityStore store;
    private transient InternalTimerService<VoidNamespace> timers;
    private transient Out out;

    /**
     * @param kept how late events may come, which is also how far back the customer stage still
     *     changes anything: so long an event can move
     * @param cached most identifiers on the heap
     */
    @SuppressWarnings("NullAway.Init") // open() comes before everything else
    IdentityStageOperator(Definitions definitions, Duration kept, int cached) {
        this.definitions = definitions;
        this.kept = kept;
        this.cached = cached;
    }

    @Override
    public void open() throws Exception {
        super.open();
        Problems problems = new Problems();
        IdentitySettings settings = IdentitySettings.read(definitions, problems);
        EventClaims claims = new EventClaims(Namespaces.read(definitions, problems), settings);
        problems.throwIfAny();
        layer = new IdentityLayer(settings, claims, kept.toMillis(), erasures());
        store =
                new IdentityStore(
                        layer,
                        getKeyedStateStore(),
                        new Keys(),
                        cached,
                        (int) Math.min(WEIGHT, 5L * cached));
        timers = getInternalTimerService("timers", VoidNamespaceSerializer.INSTANCE, this);
        MetricGroup group = getMetricGroup().addGroup("identity");
        metrics = new IdentityMetrics(group);
        group.gauge("cacheHits", store::hits);
        group.gauge("cacheMisses", store::misses);
        group.gauge("cached", store::size);
        out = new Out();
    }

    /** Those in force; the layer looks at them from now on. */
    abstract Erasures erasures();

    /** Before a stored identifier is told something. */
    abstract void touch(StoredKey key) throws Exception;

    final IdentityStore store() {
        return store;
    }

    final long watermark() {
        return timers.currentWatermark();
    }

    /** Milliseconds of event time for which an event can still move. */
    final long kept() {
        return kept.toMillis();
    }

    /** Removes from an identifier, at which the keyed state points, what has been erased. */
    final Map<String, Long> erase(StoredKey key) {
        out.record = new StreamRecord<>(null);
        IdentityLayer.Erased erased = layer.erase(key.key, key, watermark(), out);
        key.next = erased.next();
        return erased.links();
    }

    /** Tells an identifier something. */
    final void process(StreamRecord<IdentityMessage> element) throws Exception {
        IdentityMessage message = element.getValue();
        long watermark = timers.currentWatermark();
        StoredKey key = store.get(message.key());
        touch(key);
        if (key.next <= watermark) {
            layer.expire(key, watermark);
        }
        out.record = element;
        key.next = layer.process(message, key, watermark, out);
        store.visited(key, watermark);
    }

    @Override
    public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
        store.wake(timer.getKey(), timers.currentWatermark());
    }

    @Override
    public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) {
        throw new IllegalStateException("there are no processing-time timers");
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        store.flush(timers.currentWatermark());
        super.snapshotState(context);
    }

    private final class Keys implements IdentityStore.Keys {

        @Override
        public void setCurrentKey(Object key) {
            IdentityStageOperator.this.setCurrentKey(key);
        }

        @Override
        public void wakeAt(long time) {
            timers.registerEventTimeTimer(VoidNamespace.INSTANCE, time);
        }
    }

    /** Tells with the time of what was told, as a function's collector does. */
    private final class Out implements IdentityLayer.Output {

        private final Map<String, OutputTag<IdentityMessage>> tags = new HashMap<>();
        private StreamRecord<?> record = new StreamRecord<>(null);

        @Override
        public void forward(IdentityMessage message) {
            output.collect(
                    tags.computeIfAbsent(message.namespace(), ClaimFunction::to), timed(message));
        }

        @Override
        public void assign(Assignment assignment) {
            output.collect(timed(assignment));
        }

        private <T> StreamRecord<T> timed(T value) {
            return record.hasTimestamp()
                    ? new StreamRecord<>(value, record.getTimestamp())
                    : new StreamRecord<>(value);
        }

        @Override
        public void count(Counted what) {
            metrics.count(what);
        }
    }
}
