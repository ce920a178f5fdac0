package io.tributary.identity;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The entries of one identifier in their order, loaded by the day when they are asked for. */
final class Timeline {

    private final KeyState state;
    private final KeyIndex index;
    private final Map<Long, List<Entry>> loaded = new HashMap<>();

    Timeline(KeyState state, KeyIndex index) {
        this.state = state;
        this.index = index;
    }

    KeyIndex index() {
        return index;
    }

    /**
     * Visits the entries at or before {@code time}, newest first, until one is taken or they are
     * older than {@code since}.
     *
     * @return the one taken
     */
    @Nullable Entry before(long time, long since, Predicate<Entry> take) {
        List<Long> days = index.days();
        for (int d = days.size() - 1; d >= 0; d--) {
            long day = days.get(d);
            if (Days.start(day) > time) {
                continue;
            }
            if (Days.end(day) < since) {
                break;
            }
            Entry taken = last(day(day), time, since, take);
            if (taken != null) {
                return taken;
            }
        }
        return last(index.settled(), time, since, take);
    }

    private static @Nullable Entry last(
            List<Entry> entries, long time, long since, Predicate<Entry> take) {
        for (int i = entries.size() - 1; i >= 0; i--) {
            Entry entry = entries.get(i);
            if (entry.time() < since) {
                return null;
            }
            if (entry.time() <= time && take.test(entry)) {
                return entry;
            }
        }
        return null;
    }

    /**
     * The first entry after {@code time} and at most at {@code until} that is taken, oldest first.
     */
    @Nullable Entry after(long time, long until, Predicate<Entry> take) {
        Entry settled = first(index.settled(), time, until, take);
        if (settled != null) {
            return settled;
        }
        for (long day : index.days()) {
            if (Days.end(day) <= time) {
                continue;
            }
            if (Days.start(day) > until) {
                break;
            }
            Entry taken = first(day(day), time, until, take);
            if (taken != null) {
                return taken;
            }
        }
        return null;
    }

    private static @Nullable Entry first(
            List<Entry> entries, long time, long until, Predicate<Entry> take) {
        for (Entry entry : entries) {
            if (entry.time() > until) {
                return null;
            }
            if (entry.time() > time && take.test(entry)) {
                return entry;
            }
        }
        return null;
    }

    private List<Entry> day(long day) {
        return loaded.computeIfAbsent(
                day,
                number -> {
                    EntryDay entries = state.entries(number);
                    return entries == null ? Collections.emptyList() : entries.entries();
                });
    }
}
