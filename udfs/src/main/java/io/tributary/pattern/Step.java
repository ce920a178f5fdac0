package io.tributary.pattern;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One step of a sequence: an event, the absence of an event, or a group of steps.
 *
 * @param name names the events of the step in conditions and matches, unique in the definition; for
 *     a group only a label
 * @param contiguity how it follows the step before; for a group that of its first step
 * @param types event types, any of which fits; empty for a group
 * @param where must hold for the event; null for none
 * @param repeat how often
 * @param until ends a loop; null for none
 * @param within longest time since the event before, end excluded; null for none
 * @param group the steps of a group; empty for a step that is no group
 */
public record Step(
        String name,
        Contiguity contiguity,
        List<String> types,
        @Nullable CelText where,
        Repeat repeat,
        @Nullable CelText until,
        @Nullable Duration within,
        List<Step> group) {

    public boolean isGroup() {
        return !group.isEmpty();
    }

    public boolean isNegative() {
        return !isGroup() && contiguity.isNegative();
    }

    /** This step, or the steps of the group and of groups in it, in definition order. */
    public Stream<Step> leaves() {
        return isGroup() ? group.stream().flatMap(Step::leaves) : Stream.of(this);
    }

    /** Whether a match can be without any event of this step. */
    boolean canBeEmpty() {
        return repeat.optional()
                || (isGroup()
                        ? group.stream().allMatch(s -> s.isNegative() || s.canBeEmpty())
                        : isNegative());
    }
}
