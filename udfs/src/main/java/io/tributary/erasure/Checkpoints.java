package io.tributary.erasure;

import java.io.Serializable;
import java.time.Duration;

/**
 * How long a checkpoint stays.
 *
 * @param retained how many completed ones are kept, at least 1
 * @param interval from one to the next
 */
public record Checkpoints(int retained, Duration interval) implements Serializable {

    /** A bounded run keeps none. */
    public static final Checkpoints NONE = new Checkpoints(1, Duration.ZERO);

    /**
     * About when the one before is no longer kept.
     *
     * @param completedAt when a checkpoint was completed, epoch milliseconds
     */
    long earlierExpireAt(long completedAt) {
        return completedAt + (retained - 1) * interval.toMillis();
    }
}
