package io.tributary.customer;

import java.io.Serializable;

/**
 * When a customer is evaluated.
 *
 * @param end epoch milliseconds of the end of a bounded input, or {@link #NEVER} for a live one
 */
public record Evaluation(long end) implements Serializable {

    private static final long NEVER = Long.MAX_VALUE;

    /** At once with every event, corrected by retraction: for live input. */
    public static Evaluation onArrival() {
        return new Evaluation(NEVER);
    }

    /**
     * Once, when all input has been read, as of {@code end}: nothing is told that would have to be
     * taken back, so the outcome is a function of the set of events alone. Absences whose deadline
     * lies beyond {@code end} are open.
     */
    public static Evaluation at(long end) {
        return new Evaluation(end);
    }

    public boolean isBounded() {
        return end != NEVER;
    }
}
