package io.tributary.journey;

/**
 * Where a customer stands in one journey.
 *
 * <pre>
 *   (none) --enterOn--> stage --enterOn of a later stage, or of one marked reenter--> stage
 *     ^                   |
 *     '---- endOn, goal reached, or quiet for longer than `expires` (told by the next event)
 * </pre>
 *
 * @param journey journey id
 * @param stage stage id
 * @param begunAt when this instance of the journey began
 * @param enteredAt when the stage was entered
 * @param seenAt the newest event of this instance
 * @param ended whether the goal was reached or an ending event came
 * @param goalReached whether it ended at its goal
 */
public record JourneyState(
        String journey,
        String stage,
        long begunAt,
        long enteredAt,
        long seenAt,
        boolean ended,
        boolean goalReached) {

    JourneyState seen(long time) {
        return new JourneyState(journey, stage, begunAt, enteredAt, time, ended, goalReached);
    }

    JourneyState end(long time) {
        return new JourneyState(journey, stage, begunAt, enteredAt, time, true, goalReached);
    }
}
