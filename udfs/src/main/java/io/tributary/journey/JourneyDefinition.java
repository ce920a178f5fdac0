package io.tributary.journey;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A journey as analysts draw it: stages in order, the events that enter them, how it ends.
 *
 * @param id unique
 * @param name what the dashboard shows
 * @param stages in the order a customer normally passes them, not empty
 * @param endOn event types that end the journey without its goal
 * @param expires quiet time after which the next event begins a new instance
 */
public record JourneyDefinition(
        String id, String name, List<StageDefinition> stages, Set<String> endOn, Duration expires)
        implements Serializable {

    /** Position of the stage, or -1. */
    public int position(String stage) {
        return IntStream.range(0, stages.size())
                .filter(i -> stages.get(i).id().equals(stage))
                .findFirst()
                .orElse(-1);
    }

    /** Whether an event of this type can change where a customer stands in this journey. */
    public boolean concerns(String eventType) {
        return endOn.contains(eventType)
                || stages.stream().anyMatch(stage -> stage.enterOn().contains(eventType));
    }
}
