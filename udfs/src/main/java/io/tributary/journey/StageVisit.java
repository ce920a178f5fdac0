package io.tributary.journey;

import java.util.Comparator;

/**
 * A customer's stay in one stage.
 *
 * @param journey journey id
 * @param stage stage id
 * @param enteredAt epoch milliseconds
 * @param leftAt epoch milliseconds, or {@link #STILL_THERE}
 */
public record StageVisit(String journey, String stage, long enteredAt, long leftAt) {

    public static final long STILL_THERE = Long.MAX_VALUE;

    /** Visits that entered the same stage at the same time are equal. */
    public static final Comparator<StageVisit> BY_ENTRY =
            Comparator.comparingLong(StageVisit::enteredAt)
                    .thenComparing(StageVisit::journey)
                    .thenComparing(StageVisit::stage);

    /** Visits that left the same stage at the same time are equal. */
    public static final Comparator<StageVisit> BY_EXIT =
            Comparator.comparingLong(StageVisit::leftAt)
                    .thenComparing(StageVisit::journey)
                    .thenComparing(StageVisit::stage);

    public boolean isOver() {
        return leftAt != STILL_THERE;
    }

    StageVisit leave(long time) {
        return new StageVisit(journey, stage, enteredAt, time);
    }
}
