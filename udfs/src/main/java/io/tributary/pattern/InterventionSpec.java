package io.tributary.pattern;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a definition asks to be done about its pain point.
 *
 * @param action such as {@code proactive_chat}
 * @param channels in order of preference, not empty
 * @param expires how long the offer stands after the decision
 * @param cooldown least time between two offers of this definition to one customer; zero for none
 * @param holdout share of customers, 0 to 1, who are left alone so that uplift can be measured
 * @param success the event that counts as success and how soon; null if not measured
 */
public record InterventionSpec(
        String action,
        List<String> channels,
        Duration expires,
        Duration cooldown,
        double holdout,
        @Nullable Success success)
        implements Serializable {

    /**
     * @param on event type
     * @param within after the decision
     */
    public record Success(String on, Duration within) implements Serializable {}
}
