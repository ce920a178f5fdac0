package io.tributary.local.demo;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How much of the invented week is sent, how fast, and when.
 *
 * <p>What is sent is a history that ends now: at its last moment replay clock and wall clock agree,
 * and before that the replay clock is behind, so that no event ever lies in the future. At speed 1
 * the two agree throughout.
 *
 * @param speed seconds of traffic in one second, at least 1
 * @param span milliseconds of traffic that are sent, from the week's beginning
 */
record ReplayPlan(double speed, long span) {

    static final Duration DEFAULT_DURATION = Duration.ofMinutes(10);

    private static final long SHORTEST_QUIET = 5_000;
    private static final long QUIET_OF_LIVE_TRAFFIC = 30_000;

    /**
     * @param speed null for one at which the week takes as long as it may
     * @param most how long traffic flows at most; null for the whole week
     * @param week length of the whole traffic, milliseconds
     */
    static ReplayPlan of(@Nullable Double speed, @Nullable Duration most, long week) {
        double duration = (most == null ? DEFAULT_DURATION : most).toMillis();
        double chosen = speed == null ? Math.max(1, week / duration) : speed;
        return new ReplayPlan(
                chosen, most == null ? week : Math.min(week, Math.round(chosen * duration)));
    }

    /** How long traffic flows, milliseconds. */
    long duration() {
        return Math.round(span / speed);
    }

    /** Such as {@code 1 min 30 s}. */
    String durationText() {
        long seconds = Math.max(1, Math.round(duration() / 1000.0));
        return seconds < 60
                ? seconds + " s"
                : seconds / 60 + " min" + (seconds % 60 == 0 ? "" : " " + seconds % 60 + " s");
    }

    /**
     * When the week begins so that its replayed part ends at the moment when its last event is
     * sent.
     *
     * @param wallStart when the first moment is sent, epoch milliseconds; so is the result
     */
    long trafficStart(long wallStart) {
        return wallStart + duration() - span;
    }

    /** When the replay clock, which began at {@code wallStart}, shows {@code traffic}. */
    long wallTime(long traffic, long wallStart) {
        return wallStart + (long) Math.ceil((traffic - trafficStart(wallStart)) / speed);
    }

    /** What the replay clock shows at {@code wall}; it stops at the end of the replayed part. */
    long trafficTime(long wall, long wallStart) {
        long since = Math.max(0, Math.min(duration(), wall - wallStart));
        return trafficStart(wallStart) + Math.min(span, Math.round(since * speed));
    }

    /**
     * For {@code watermark.quiet}. A partition that was quiet has gone over to the wall clock for
     * good. As long as one of them never was, the watermark stays with the replay clock; so this is
     * longer than the longest pause of the partition that has the shortest one.
     *
     * @param arrivals of live sources, ascending, by partition
     */
    Duration quiet(Collection<List<Long>> arrivals, long wallStart) {
        if (speed == 1) {
            return Duration.ofMillis(QUIET_OF_LIVE_TRAFFIC);
        }
        long pause =
                arrivals.stream()
                        .mapToLong(ofPartition -> longestPause(ofPartition, wallStart))
                        .min()
                        .orElse(0);
        return Duration.ofMillis(Math.max(SHORTEST_QUIET, Math.round(2 * pause / speed)));
    }

    /** Milliseconds of traffic, from the beginning to the end of what is sent. */
    private long longestPause(List<Long> arrivals, long wallStart) {
        long before = trafficStart(wallStart);
        long end = before + span;
        long longest = 0;
        for (long arrival : arrivals) {
            longest = Math.max(longest, Math.min(arrival, end) - before);
            before = Math.min(arrival, end);
        }
        return Math.max(longest, end - before);
    }
}
