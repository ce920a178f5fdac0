package io.tributary.journey;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Set;

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

    public JourneyDefinition {
        // as it is in customers' states: see SummaryFold
        id = id.intern();
    }
}
