package io.tributary.journey;

import java.io.Serializable;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One stage of a journey.
 *
 * @param id unique within the journey
 * @param name what the dashboard shows
 * @param enterOn event types that enter it
 * @param standard how long a customer normally stays; null if there is no norm
 * @param goal whether entering it completes the journey
 * @param reenter whether its events also lead back to it from a later stage
 */
public record StageDefinition(
        String id,
        String name,
        Set<String> enterOn,
        @Nullable Duration standard,
        boolean goal,
        boolean reenter)
        implements Serializable {}
