package io.tributary.customer;

import java.io.Serializable;
import java.time.Duration;

/**
 * When a customer is evaluated.
 *
 * @param end epoch milliseconds of the end of a bounded input, or {@link #NEVER} for a live one
 * @param watermarkDelay how far the watermark of the live job that a bounded run stands for stays
 *     behind the time of receipt, milliseconds; 0 for a live input
 */
public record Evaluation(long end, long watermarkDelay) implements Serializable {

    private static final long NEVER = Long.MAX_VALUE;

    /** At once with every event, corrected by retraction: for live input. */
    public static Evaluation onArrival() {
        return new Evaluation(NEVER, 0);
    }

    /**
     * Once, when all input has been read, as of {@code end}: nothing is told that would have to be
     * taken back, so the outcome is a function of the set of events alone. Absences whose deadline
     * lies beyond {@code end} are open.
     *
     * @param watermarkDelay of the live job, to tell what it would have told and taken back
     */
    public static Evaluation at(long end, Duration watermarkDelay) {
        return new Evaluation(end, watermarkDelay.toMillis());
    }

    public boolean isBounded() {
        return end != NEVER;
    }
}
