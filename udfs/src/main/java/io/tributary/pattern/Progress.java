package io.tributary.pattern;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * How far one customer has come in one definition: a cache on the heap, derived from the log by
 * {@link CompiledPattern#step} and {@link CompiledPattern#advance}.
 */
public final class Progress {

    /** More known intervals than this are forgotten, oldest first. */
    private static final int MOST_INTERVALS = 64;

    final Map<String, Running> running = new HashMap<>(2);
    private final List<Match> found = new ArrayList<>(0);
    private final CleanTimes cleanTimes = new CleanTimes();
    private long knownFrom;
    private boolean failed;

    /**
     * @param knownFrom event time; nothing was under way then, and everything from it on has been
     *     or will be stepped
     */
    public Progress(long knownFrom) {
        this.knownFrom = knownFrom;
    }

    /** Nothing is under way, and nothing that was found waits to be taken. */
    public boolean isIdle() {
        return running.isEmpty() && found.isEmpty();
    }

    /** Whether the engine failed; nothing is known then, and earlier matches stand as they were. */
    public boolean failed() {
        return failed;
    }

    /** From when on {@link #cleanUpTo} can tell. */
    public long knownFrom() {
        return knownFrom;
    }

    /**
     * The latest time T at or before {@code limit} such that a replay without the events before T
     * finds the same matches among the events from T on.
     *
     * @return {@link Long#MIN_VALUE} if that is before {@link #knownFrom}
     */
    public long cleanUpTo(long limit) {
        long clean = limit;
        boolean moved = true;
        while (moved) {
            long settled = cleanTimes.latest(clean);
            for (Running instance : running.values()) {
                if (instance.since < settled) {
                    settled = instance.since;
                }
            }
            moved = settled < clean;
            clean = settled;
        }
        return clean < knownFrom ? Long.MIN_VALUE : clean;
    }

    /** Whether nothing was under way when the events of this time came, nor between them. */
    public boolean isIdleAt(long time) {
        if (time < knownFrom || cleanTimes.isBusyAt(time)) {
            return false;
        }
        for (Running instance : running.values()) {
            if (instance.since <= time) {
                return false;
            }
        }
        return true;
    }

    /**
     * From where a replay restores what is under way or waits; {@link Long#MAX_VALUE} if nothing
     * does.
     */
    public long resumeFrom() {
        long oldest = Long.MAX_VALUE;
        for (Running instance : running.values()) {
            oldest = Math.min(oldest, instance.since);
        }
        for (Match match : found) {
            oldest = Math.min(oldest, match.start());
        }
        return oldest == Long.MAX_VALUE ? oldest : cleanUpTo(oldest);
    }

    /** Takes out what was found and fulfils a condition. */
    public List<Match> take(Predicate<Match> which) {
        if (found.isEmpty()) {
            return List.of();
        }
        List<Match> taken = new ArrayList<>();
        found.removeIf(match -> which.test(match) && taken.add(match));
        return taken;
    }

    /**
     * Takes over what an earlier progress knew of the time before {@code from}, at which it was
     * clean and this one began.
     */
    public void continueFrom(Progress earlier, long from) {
        earlier.take(match -> match.start() < from).forEach(this::find);
        cleanTimes.addAllUntil(earlier.cleanTimes, from);
        knownFrom = Math.min(knownFrom, earlier.knownFrom);
    }

    List<Match> found() {
        return found;
    }

    void find(Match match) {
        for (Match other : found) {
            if (other.id().equals(match.id())) {
                return;
            }
        }
        found.add(match);
    }

    void settled(Running instance, long at) {
        cleanTimes.addBusy(instance.since, at);
    }

    /** Bounds what is remembered of the past. */
    public void forgetOldest() {
        if (cleanTimes.count() > MOST_INTERVALS) {
            knownFrom = Math.max(knownFrom, cleanTimes.forgetOldest(MOST_INTERVALS / 2));
        }
    }

    CleanTimes cleanTimes() {
        CleanTimes all = new CleanTimes();
        all.addAll(cleanTimes);
        running.values().forEach(instance -> all.addBusy(instance.since, Long.MAX_VALUE));
        return all;
    }

    void fail() {
        failed = true;
        running.clear();
        found.clear();
    }
}
