package io.tributary.identity;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How long an identifier's entries and events are kept (rule 14), w being the watermark:
 *
 * <pre>
 *   w - kept - max(V, Ws)          w - kept                    w
 *   ───┼───────────────────────────┼───────────────────────────┼──► event time
 *      │ entries that a kept event │ events that can still     │
 *      │ can refer to: the last of │ move, with all entries    │
 *      │ each target is enough     │                           │
 * </pre>
 *
 * {@code kept} is F where nothing ever comes late. Where events may come late by L and what follows
 * changes nothing before w - L any more, it is L.
 */
final class Retention {

    private final IdentitySettings settings;
    private final long kept;

    Retention(IdentitySettings settings, long kept) {
        this.settings = settings;
        this.kept = kept;
    }

    /** Most names that a day keeps where more than {@code limit} in a window are too many. */
    static int names(int limit) {
        return 4 * limit + 16;
    }

    /** Whether an event can move no more. */
    boolean isFinal(long time, long watermark) {
        return Days.plus(time, kept) < watermark;
    }

    /** Whether something said at a time can still say something about an event. */
    boolean hears(long time, long watermark) {
        return Days.plus(time, settings.back() + kept) >= watermark;
    }

    /** Whether nothing can come between the entries of a day any more. */
    boolean isSettled(long day, long watermark) {
        return Days.plus(Days.end(day), kept) < watermark;
    }

    /** When there is something to forget next: the smallest watermark at which there is. */
    long next(KeyIndex index) {
        long next = Long.MAX_VALUE;
        if (!index.hours().isEmpty()) {
            next = Math.min(next, after(Days.hourEnd(index.hours().get(0)), kept));
        }
        if (!index.days().isEmpty()) {
            next = Math.min(next, after(Days.end(index.days().get(0)), kept));
        }
        long entries = settings.back() + kept;
        for (Entry entry : index.settled()) {
            next = Math.min(next, after(entry.time(), entries));
        }
        for (KeyIndex.Unlink unlink : index.unlinks()) {
            next = Math.min(next, after(unlink.time(), entries));
        }
        for (long until : index.erased()) {
            next = Math.min(next, after(until, entries));
        }
        List<KeyIndex.Choice> choices = index.choices();
        if (!choices.isEmpty() && !choices.get(0).out()) {
            next = Math.min(next, after(choices.get(0).time(), kept));
        } else if (choices.size() > 1) {
            next = Math.min(next, after(choices.get(1).time(), kept));
        }
        for (Presence presence : List.of(index.targets(), index.leading())) {
            if (!presence.days().isEmpty()) {
                next = Math.min(next, after(Days.end(presence.days().get(0).day()), entries));
            }
        }
        return next;
    }

    private static long after(long time, long kept) {
        return Days.plus(Days.plus(time, kept), 1);
    }

    /** Forgets; returns {@link #next}. */
    long expire(KeyState state, KeyIndex before, long watermark) {
        KeyIndex index = before;
        for (long hour : before.hours()) {
            if (isFinal(Days.hourEnd(hour), watermark)) {
                state.events(hour, null);
                index = index.withHours(without(index.hours(), hour));
            }
        }
        List<Entry> settled = index.settled();
        for (long day : before.days()) {
            if (isSettled(day, watermark)) {
                EntryDay entries = state.entries(day);
                settled = settle(settled, entries == null ? List.of() : entries.entries());
                state.entries(day, null);
                index = index.withDays(without(index.days(), day));
            }
        }
        long oldest = Days.minus(watermark, settings.back() + kept);
        index =
                index.withSettled(list(settled.stream().filter(e -> e.time() >= oldest).toList()))
                        .withUnlinks(
                                list(
                                        index.unlinks().stream()
                                                .filter(unlink -> unlink.time() >= oldest)
                                                .toList()))
                        .withErased(list(index.erased().stream().filter(t -> t >= oldest).toList()))
                        .withChoices(choices(index.choices(), watermark))
                        .withTargets(index.targets().since(oldest))
                        .withLeading(index.leading().since(oldest));
        state.index(index.isEmpty() ? null : index);
        return next(index);
    }

    /** Of those that no event can come before any more the last; and not even that, if it is in. */
    private List<KeyIndex.Choice> choices(List<KeyIndex.Choice> all, long watermark) {
        int last = -1;
        while (last + 1 < all.size() && isFinal(all.get(last + 1).time(), watermark)) {
            last++;
        }
        boolean isKept = last >= 0 && all.get(last).out();
        return list(all.subList(isKept ? last : last + 1, all.size()));
    }

    /** Of older and newer entries the last one of each kind and target, in order. */
    static List<Entry> settle(List<Entry> older, List<Entry> newer) {
        List<Entry> all = new ArrayList<>(older);
        all.addAll(newer);
        all.sort(Entry.ORDER);
        Map<String, Entry> last = new LinkedHashMap<>();
        for (Entry entry : all) {
            last.put(entry.kind() + " " + entry.target(), entry);
        }
        List<Entry> kept = new ArrayList<>(last.values());
        kept.sort(Entry.ORDER);
        return kept;
    }

    private static <T> List<T> list(List<T> unmodifiable) {
        return new ArrayList<>(unmodifiable);
    }

    static List<Long> including(List<Long> sorted, long number) {
        int at = Collections.binarySearch(sorted, number);
        if (at >= 0) {
            return sorted;
        }
        List<Long> more = new ArrayList<>(sorted);
        more.add(-at - 1, number);
        return more;
    }

    static List<Long> without(List<Long> sorted, long number) {
        List<Long> fewer = new ArrayList<>(sorted);
        fewer.remove(number);
        return fewer;
    }
}
