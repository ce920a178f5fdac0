package io.tributary.pattern;

import java.util.List;

/** What replaying one customer's log through one definition found. */
public final class Replay {

    private final List<Match> matches;
    private final List<Match> open;
    private final long nextDeadline;
    private final CleanTimes cleanTimes;
    private final boolean failed;

    Replay(
            List<Match> matches,
            List<Match> open,
            long nextDeadline,
            CleanTimes cleanTimes,
            boolean failed) {
        this.matches = List.copyOf(matches);
        this.open = List.copyOf(open);
        this.nextDeadline = nextDeadline;
        this.cleanTimes = cleanTimes;
        this.failed = failed;
    }

    static Replay nothing(boolean failed) {
        return new Replay(List.of(), List.of(), Long.MAX_VALUE, new CleanTimes(), failed);
    }

    /** Asserted, each once, by (detectedAt, start, id). */
    public List<Match> matches() {
        return matches;
    }

    /** What would be asserted later if no further event came, in the same order. */
    public List<Match> open() {
        return open;
    }

    /** When the first of {@link #open()} would be asserted; {@link Long#MAX_VALUE} if none. */
    public long nextDeadline() {
        return nextDeadline;
    }

    /**
     * The latest time T at or before {@code limit} such that a replay without the events before T
     * finds the same matches among the events from T on. Always found: before the first event
     * nothing is under way.
     */
    public long cleanUpTo(long limit) {
        return cleanTimes.latest(limit);
    }

    /** Whether the engine failed; nothing is known then, and earlier matches stand as they were. */
    public boolean failed() {
        return failed;
    }
}
