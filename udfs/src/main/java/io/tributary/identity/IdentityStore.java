package io.tributary.identity;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Identifiers between heap and keyed state: the most recently used ones stay on the heap; what
 * changed is written when one leaves it or a checkpoint is taken. An event that is final by then is
 * never written at all.
 *
 * <p>State of an identifier: {@code index} ({@link StoredIndex}), {@code entries} by day, {@code
 * events} by hour. All of it is bounded: an hour keeps at most {@code events_an_hour} events, a day
 * {@code claims_a_day} entries, and both are forgotten when they can matter no more ({@link
 * Retention}). Only an account that was declared to be another one is remembered for good.
 */
final class IdentityStore implements StoredKey.Reader {

    /** Spreads hash codes over the day. */
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    /** Points the keyed state, and its timers, at an identifier. */
    interface Keys {
        void setCurrentKey(Object key);

        /** Wakes the identifier that is pointed at. */
        void wakeAt(long time);
    }

    /** Name of the state that every identifier has that is stored. */
    static final String INDEX = "index";

    private final IdentityLayer layer;
    private final Keys keys;
    private final int capacity;
    private final int mostWeight;
    private final ValueState<StoredIndex> index;
    private final MapState<Long, EntryDay> entries;
    private final MapState<Long, EventHour> events;
    private final LinkedHashMap<String, StoredKey> cached = new LinkedHashMap<>(1024, 0.75f, true);
    private long weight;
    private long hits;
    private long misses;

    /**
     * @param capacity most identifiers on the heap
     * @param mostWeight most events and entries on the heap
     */
    IdentityStore(
            IdentityLayer layer, KeyedStateStore states, Keys keys, int capacity, int mostWeight) {
        this.layer = layer;
        this.keys = keys;
        this.capacity = capacity;
        this.mostWeight = mostWeight;
        index = states.getState(new ValueStateDescriptor<>(INDEX, StoredIndexSerializer.INSTANCE));
        entries =
                states.getMapState(
                        new MapStateDescriptor<>(
                                "entries", LongSerializer.INSTANCE, EntryDaySerializer.INSTANCE));
        events =
                states.getMapState(
                        new MapStateDescriptor<>(
                                "events", LongSerializer.INSTANCE, EventHourSerializer.INSTANCE));
    }

    long hits() {
        return hits;
    }

    long misses() {
        return misses;
    }

    int size() {
        return cached.size();
    }

    /** The identifier that the keyed state points at, on the heap from now on. */
    StoredKey get(String key) throws Exception {
        StoredKey found = cached.get(key);
        if (found != null) {
            hits++;
            return found;
        }
        misses++;
        StoredKey read = read(key);
        cached.put(key, read);
        weight += read.lastWeight;
        return read;
    }

    /** Those that the state perhaps does not know. */
    List<String> unwritten() {
        return List.copyOf(cached.keySet());
    }

    /** The same, but makes no room for it on the heap: {@link #leave} has to follow. */
    StoredKey peek(String key) throws Exception {
        StoredKey found = cached.get(key);
        return found == null ? read(key) : found;
    }

    /** After an identifier was peeked at. */
    void leave(StoredKey key, long watermark) throws Exception {
        if (cached.get(key.key) == key) {
            visited(key, watermark);
        } else {
            write(key, watermark);
        }
    }

    private StoredKey read(String key) throws Exception {
        StoredIndex stored = index.value();
        StoredKey read = new StoredKey(key, stored == null ? null : stored.index(), this);
        read.wakeAt = stored == null ? Long.MAX_VALUE : stored.wakeAt();
        read.lastWeight = read.weight();
        return read;
    }

    /** After an identifier was visited: makes room, if need be, for it. */
    void visited(StoredKey current, long watermark) throws Exception {
        int now = current.weight();
        weight += now - current.lastWeight;
        current.lastWeight = now;
        if (cached.size() <= capacity && weight <= mostWeight) {
            return;
        }
        Iterator<StoredKey> oldest = cached.values().iterator();
        while (oldest.hasNext() && (cached.size() > capacity || weight > mostWeight)) {
            StoredKey evicted = oldest.next();
            oldest.remove();
            weight -= evicted.lastWeight;
            keys.setCurrentKey(evicted.key);
            write(evicted, watermark);
        }
        keys.setCurrentKey(current.key);
    }

    /** A timer of the identifier that the keyed state points at has fired. */
    void wake(String key, long watermark) throws Exception {
        StoredKey found = cached.get(key);
        StoredKey woken = found == null ? read(key) : found;
        if (woken.wakeAt <= watermark) {
            woken.wakeAt = Long.MAX_VALUE;
        }
        woken.next = layer.expire(woken, watermark);
        if (found == null) {
            write(woken, watermark);
        } else {
            wakeWhenDue(woken);
            visited(woken, watermark);
        }
    }

    /** Before a checkpoint: nothing is on the heap only. The key may be another one afterwards. */
    void flush(long watermark) throws Exception {
        for (StoredKey key : cached.values()) {
            if (key.isChanged()) {
                keys.setCurrentKey(key.key);
                write(key, watermark);
            }
        }
    }

    private void write(StoredKey key, long watermark) throws Exception {
        if (key.next <= watermark) {
            key.next = layer.expire(key, watermark);
        }
        if (!key.isChanged()) {
            return;
        }
        write(key.days, entries, EntryDay.NONE);
        write(key.hours, events, EventHour.NONE);
        wakeWhenDue(key);
        if (key.index() != null) {
            index.update(new StoredIndex(key.currentIndex(), key.wakeAt));
        } else if (key.written != KeyIndex.EMPTY) {
            index.clear();
        }
        key.setWritten();
    }

    private static <T> void write(
            Map<Long, StoredKey.Part<T>> parts, MapState<Long, T> state, T nothing)
            throws Exception {
        Iterator<Map.Entry<Long, StoredKey.Part<T>>> all = parts.entrySet().iterator();
        while (all.hasNext()) {
            Map.Entry<Long, StoredKey.Part<T>> next = all.next();
            StoredKey.Part<T> part = next.getValue();
            boolean isGone = part.value == nothing;
            if (part.changed && !isGone) {
                state.put(next.getKey(), part.value);
                part.stored = true;
            } else if (part.changed && part.stored) {
                state.remove(next.getKey());
            }
            part.changed = false;
            if (isGone) {
                all.remove();
            }
        }
    }

    /** Once a day at most; one that fires too early costs less than taking it back. */
    private void wakeWhenDue(StoredKey key) {
        if (key.next == Long.MAX_VALUE || key.wakeAt < Days.plus(key.next, Days.DAY)) {
            return;
        }
        key.wakeAt = onceADay(key);
        keys.wakeAt(key.wakeAt);
    }

    /** Due or at most a day later: not all identifiers at the same time of the day. */
    private static long onceADay(StoredKey key) {
        long phase = Math.floorMod(key.key.hashCode() * GOLDEN, Days.DAY);
        long wait = Math.floorMod(phase - key.next, Days.DAY);
        return Days.plus(key.next, wait);
    }

    @Override
    public EntryDay readDay(long day) {
        return orElse(read(entries, day), EntryDay.NONE);
    }

    @Override
    public EventHour readHour(long hour) {
        return orElse(read(events, hour), EventHour.NONE);
    }

    private static <T> T orElse(@Nullable T value, T otherwise) {
        return value == null ? otherwise : value;
    }

    private static <T> @Nullable T read(MapState<Long, T> map, long number) {
        try {
            return map.get(number);
        } catch (Exception e) {
            throw new IllegalStateException("the state of an identifier cannot be reached", e);
        }
    }
}
