package io.tributary.pattern;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * When matching was under way: open intervals of event time. At any other time a log can be cut
 * without changing a later match, because nothing that came before is still part of one.
 */
final class CleanTimes {

    /** From the first event of the oldest live partial match to the time that all was settled. */
    private record Busy(long from, long until) {}

    private final List<Busy> busy = new ArrayList<>();

    void addBusy(long from, long until) {
        busy.add(new Busy(from, until));
    }

    void addAll(CleanTimes other) {
        busy.addAll(other.busy);
    }

    void addAllUntil(CleanTimes other, long time) {
        for (Busy interval : other.busy) {
            if (interval.until <= time) {
                busy.add(interval);
            }
        }
    }

    /** Whether something was under way at this time, its first and last moment included. */
    boolean isBusyAt(long time) {
        for (Busy interval : busy) {
            if (interval.from <= time && time < interval.until) {
                return true;
            }
        }
        return false;
    }

    int count() {
        return busy.size();
    }

    /**
     * Forgets the intervals that ended first, until {@code kept} are left.
     *
     * @return the time up to which nothing is known any more
     */
    long forgetOldest(int kept) {
        busy.sort(Comparator.comparingLong(Busy::until));
        List<Busy> oldest = busy.subList(0, busy.size() - kept);
        long until = oldest.get(oldest.size() - 1).until;
        oldest.clear();
        return until;
    }

    /** The latest time at or before {@code limit} that is in no busy interval. */
    long latest(long limit) {
        long clean = limit;
        boolean moved = true;
        while (moved) {
            moved = false;
            for (Busy interval : busy) {
                if (interval.from < clean && clean < interval.until) {
                    clean = interval.from;
                    moved = true;
                }
            }
        }
        return clean;
    }
}
