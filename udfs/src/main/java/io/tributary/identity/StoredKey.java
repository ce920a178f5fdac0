package io.tributary.identity;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one identifier, on the heap: the index, and of its days and hours those that
 * were asked for. What changed is written by {@link IdentityStore}.
 */
final class StoredKey implements KeyState {

    /** Where the days and hours rest. */
    interface Reader {
        EntryDay readDay(long day);

        EventHour readHour(long hour);
    }

    /** A day or hour on the heap. */
    static final class Part<T> {

        T value;

        /** Whether the state holds it, perhaps an older one. */
        boolean stored;

        /** Whether the state holds another one. */
        boolean changed;

        Part(T value, boolean stored) {
            this.value = value;
            this.stored = stored;
        }
    }

    final String key;
    final Map<Long, Part<EntryDay>> days = new HashMap<>();
    final Map<Long, Part<EventHour>> hours = new HashMap<>();

    /** As it was last read or written: it names the days and hours that rest. */
    KeyIndex written;

    /** When there is something to forget: the watermark that has to be reached. */
    long next = Long.MAX_VALUE;

    /** The earliest timer that is registered; {@link Long#MAX_VALUE} if none is. */
    long wakeAt = Long.MAX_VALUE;

    /** Which erasures it has met, by the operator's count; 0 as long as it has only been read. */
    int erasures;

    /** What {@link #weight} was when it was last counted. */
    int lastWeight;

    private final Reader reader;
    private KeyIndex index;
    private boolean changed;
    private int weight = 1;

    StoredKey(String key, @Nullable KeyIndex written, Reader reader) {
        this.key = key;
        this.written = written == null ? KeyIndex.EMPTY : written;
        this.index = this.written;
        this.reader = reader;
    }

    boolean isChanged() {
        return changed;
    }

    void setWritten() {
        written = index;
        changed = false;
    }

    /** How many things of it are on the heap, about. */
    int weight() {
        return weight;
    }

    private static int weight(Object value) {
        if (value instanceof EventHour hour) {
            return 1 + hour.events().size();
        }
        return value instanceof EntryDay day ? 1 + day.entries().size() : 0;
    }

    KeyIndex currentIndex() {
        return index;
    }

    @Override
    public @Nullable KeyIndex index() {
        return index == KeyIndex.EMPTY ? null : index;
    }

    @Override
    public void index(@Nullable KeyIndex value) {
        KeyIndex now = value == null ? KeyIndex.EMPTY : value;
        changed |= now != index;
        index = now;
    }

    @Override
    public @Nullable EntryDay entries(long day) {
        Part<EntryDay> part = days.get(day);
        if (part == null) {
            if (!isIn(written.days(), day)) {
                return null;
            }
            part = new Part<>(reader.readDay(day), true);
            days.put(day, part);
            weight += weight(part.value);
        }
        return part.value == EntryDay.NONE ? null : part.value;
    }

    @Override
    public void entries(long day, @Nullable EntryDay value) {
        put(days, written.days(), day, value == null ? EntryDay.NONE : value);
    }

    @Override
    public @Nullable EventHour events(long hour) {
        Part<EventHour> part = hours.get(hour);
        if (part == null) {
            if (!isIn(written.hours(), hour)) {
                return null;
            }
            part = new Part<>(reader.readHour(hour), true);
            hours.put(hour, part);
            weight += weight(part.value);
        }
        return part.value == EventHour.NONE ? null : part.value;
    }

    @Override
    public void events(long hour, @Nullable EventHour value) {
        put(hours, written.hours(), hour, value == null ? EventHour.NONE : value);
    }

    private <T> void put(Map<Long, Part<T>> parts, List<Long> resting, long number, T value) {
        Part<T> part = parts.get(number);
        if (part == null) {
            part = new Part<>(value, isIn(resting, number));
            parts.put(number, part);
            weight += weight(value);
        } else {
            weight += weight(value) - weight(part.value);
            part.value = value;
        }
        part.changed = true;
        changed = true;
    }

    private static boolean isIn(List<Long> sorted, long number) {
        return Collections.binarySearch(sorted, number) >= 0;
    }
}
