package org.apache.flink.cep.nfa.sharedbuffer;

import java.lang.reflect.Proxy;
import java.time.Duration;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.cep.configuration.SharedBufferCacheConfig;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/**
 * flink-cep's shared buffer over plain maps, pointed at one {@link Contents} at a time, so that one
 * buffer serves any number of customers.
 *
 * <p>The original keeps two caches before keyed state; here they would be caches before the heap.
 * It lies in flink-cep's package because what it replaces is visible only there; in the job's jar
 * both are relocated together.
 *
 * @param <V> type of the events
 */
@NullMarked
public final class HeapSharedBuffer<V> extends SharedBuffer<V> {

    /**
     * What the buffer holds of one instance.
     *
     * @param <V> type of the events
     */
    public static final class Contents<V> {
        private final SmallMap<EventId, Lockable<V>> events = new SmallMap<>();
        private final SmallMap<NodeId, Lockable<SharedBufferNode>> entries = new SmallMap<>();
        private long lastTime = Long.MIN_VALUE;
        private int eventsAtLastTime;
    }

    /**
     * Nothing but the maps of the original's constructor is asked of it, and those are not used.
     */
    private static final KeyedStateStore NO_STATE =
            (KeyedStateStore)
                    Proxy.newProxyInstance(
                            HeapSharedBuffer.class.getClassLoader(),
                            new Class<?>[] {KeyedStateStore.class},
                            (proxy, method, arguments) -> null);

    private Contents<V> contents = new Contents<>();

    public HeapSharedBuffer(TypeSerializer<V> serializer) {
        super(NO_STATE, serializer, new SharedBufferCacheConfig(0, 0, Duration.ofDays(1)));
        // its only task is to log cache statistics, on a thread of its own
        releaseCacheStatisticsTimer();
    }

    public void pointAt(Contents<V> other) {
        contents = other;
    }

    @Override
    void advanceTime(long timestamp) {
        // what it would forget is how many events it counted at earlier times
    }

    /** Events come in the order of time: only those of the newest time have to be told apart. */
    @Override
    EventId registerEvent(V value, long timestamp) {
        if (timestamp != contents.lastTime) {
            contents.lastTime = timestamp;
            contents.eventsAtLastTime = 0;
        }
        EventId id = new EventId(contents.eventsAtLastTime++, timestamp);
        contents.events.put(id, new Lockable<>(value, 1));
        return id;
    }

    @Override
    public boolean isEmpty() {
        return contents.events.isEmpty();
    }

    @Override
    void upsertEvent(EventId id, Lockable<V> event) {
        contents.events.put(id, event);
    }

    @Override
    void upsertEntry(NodeId id, Lockable<SharedBufferNode> entry) {
        contents.entries.put(id, entry);
    }

    @Override
    void removeEvent(EventId id) {
        contents.events.remove(id);
    }

    @Override
    void removeEntry(NodeId id) {
        contents.entries.remove(id);
    }

    @Override
    @SuppressWarnings("NullAway") // as the original: null for what is not there
    @Nullable Lockable<SharedBufferNode> getEntry(NodeId id) {
        return contents.entries.get(id);
    }

    @Override
    @SuppressWarnings("NullAway") // as the original: null for what is not there
    @Nullable Lockable<V> getEvent(EventId id) {
        return contents.events.get(id);
    }

    @Override
    void flushCache() {
        // there is none
    }
}
