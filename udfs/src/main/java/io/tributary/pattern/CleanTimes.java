package io.tributary.pattern;

import java.util.ArrayList;
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
        if (until - 1 > from) {
            busy.add(new Busy(from, until));
        }
    }

    void addAll(CleanTimes other) {
        busy.addAll(other.busy);
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
