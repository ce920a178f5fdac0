package io.tributary.customer;

import java.io.Serializable;
import java.time.Duration;

/**
 * How far back the past can still change.
 *
 * <p>With {@code retention} H and {@code longestWindow} W of all definitions, and a watermark w: an
 * event before F = w - (H - W) is late, so below F nothing is inserted or removed any more; the log
 * is kept back to F - W = w - H, so that whatever happens at F finds all that a window can reach.
 *
 * @param retention H, event time
 * @param longestWindow W, at most H
 */
public record Horizon(Duration retention, Duration longestWindow) implements Serializable {

    public Horizon {
        if (longestWindow.compareTo(retention) > 0) {
            throw new IllegalArgumentException(
                    "a definition looks back "
                            + longestWindow
                            + ", further than the retention horizon of "
                            + retention);
        }
    }

    /** H - W: how late an event may be. */
    public Duration allowedLateness() {
        return retention.minus(longestWindow);
    }

    /** H plus the allowed lateness: how long what was told may still be taken back. */
    public Duration remembered() {
        return retention.plus(allowedLateness());
    }

    /** F: nothing before it changes any more. */
    public long settledBefore(long watermark) {
        return minus(watermark, allowedLateness().toMillis());
    }

    /** w - H: what is older is no longer needed. */
    public long keptFrom(long watermark) {
        return minus(watermark, retention.toMillis());
    }

    /** F - 2 W: the log never reaches further back than this, whatever a pattern still holds. */
    public long neverKeptBefore(long watermark) {
        return minus(settledBefore(watermark), 2 * longestWindow.toMillis());
    }

    private static long minus(long time, long millis) {
        return time < Long.MIN_VALUE + millis ? Long.MIN_VALUE : time - millis;
    }
}
