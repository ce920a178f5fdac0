package io.tributary.pattern;

/**
 * What one definition cost on one subtask since it started.
 *
 * @param steps events that the engine was stepped with, replays included
 * @param nanos time of these steps, extrapolated from a sample
 * @param replays how often a customer's progress was rebuilt from the log
 * @param replayedEvents events of the log that were stepped again, added up
 * @param droppedPartialMatches given up because a customer had too many
 * @param failures customers at whom the engine failed
 * @param conditionFailures how often a condition could not be evaluated and so was false
 */
public record PatternCost(
        long steps,
        long nanos,
        long replays,
        long replayedEvents,
        long droppedPartialMatches,
        long failures,
        long conditionFailures) {

    static final PatternCost NONE = new PatternCost(0, 0, 0, 0, 0, 0, 0);

    PatternCost plus(PatternCost more) {
        return new PatternCost(
                steps + more.steps,
                nanos + more.nanos,
                replays + more.replays,
                replayedEvents + more.replayedEvents,
                droppedPartialMatches + more.droppedPartialMatches,
                failures + more.failures,
                conditionFailures + more.conditionFailures);
    }
}
