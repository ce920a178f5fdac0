package io.tributary.pattern;

import io.tributary.definition.YamlNode;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A pain point as its file defines it.
 *
 * @param id stands in every match id, for ever
 * @param version from 1
 * @param name for people
 * @param description for people; null if not given
 * @param journey name of the journey it belongs to; null if not given
 * @param severity how much it hurts
 * @param mode what it may do
 * @param per path below {@code event.properties} whose values part a customer's log into parallel
 *     instances; empty for none
 * @param sequence not empty
 * @param within all events of a match lie in [first, first + within)
 * @param skip what a match does to partial matches
 * @param effectiveFrom epoch milliseconds of the earliest first event of a match of this version;
 *     {@link Long#MIN_VALUE} for always
 * @param intervention what to do; null for nothing
 * @param at the file's root, for problems
 */
public record PatternDefinition(
        String id,
        int version,
        String name,
        @Nullable String description,
        @Nullable String journey,
        Severity severity,
        Mode mode,
        List<String> per,
        List<Step> sequence,
        Duration within,
        Skip skip,
        long effectiveFrom,
        @Nullable InterventionSpec intervention,
        YamlNode at) {

    /**
     * This definition as it is in force.
     *
     * @param from epoch milliseconds, unless the text has an {@code effectiveFrom}
     * @param other mode instead of the text's; null for the text's own
     */
    PatternDefinition inForce(long from, @Nullable Mode other) {
        return new PatternDefinition(
                id,
                version,
                name,
                description,
                journey,
                severity,
                other == null ? mode : other,
                per,
                sequence,
                within,
                skip,
                at.has("effectiveFrom") ? effectiveFrom : from,
                intervention,
                at);
    }

    /** All steps that are no groups, in definition order. */
    public List<Step> steps() {
        return sequence.stream().flatMap(Step::leaves).toList();
    }

    /** All steps that take events, in definition order. */
    public List<Step> positiveSteps() {
        return steps().stream().filter(step -> !step.isNegative()).toList();
    }

    Step last() {
        return sequence.get(sequence.size() - 1);
    }

    /** Whether a match is complete only when a deadline has passed. */
    public boolean endsWithAbsence() {
        return last().contiguity() == Contiguity.NOT_FOLLOWED_BY && !last().isGroup();
    }

    /**
     * The time after its last event at which a closing absence is certain; null for the window's
     * end.
     */
    @Nullable Duration absence() {
        return endsWithAbsence() ? last().within() : null;
    }

    /** The longest time from the first event of a match until it is certain. */
    public Duration window() {
        Duration absence = absence();
        return absence == null ? within : within.plus(absence);
    }

    /** Every event type that a step asks for or against. */
    public Set<String> types() {
        Set<String> types = new HashSet<>();
        steps().forEach(step -> types.addAll(step.types()));
        return types;
    }

    /**
     * Whether events of other types cannot change the matches: relaxed contiguity and fixed counts
     * only. Anything else has to see every event of the customer.
     */
    boolean isPlain() {
        return sequence.stream()
                .allMatch(
                        step ->
                                !step.isGroup()
                                        && step.contiguity() != Contiguity.NEXT
                                        && step.contiguity() != Contiguity.NOT_NEXT
                                        && step.until() == null
                                        && step.repeat().isPlain());
    }

    /** Types that can begin a match; empty if any event might matter to the start. */
    Set<String> startTypes() {
        Step first = startStep();
        return first == null ? Set.of() : Set.copyOf(first.types());
    }

    /** The step that takes the first event of every match; null if several may. */
    @Nullable Step startStep() {
        Step first = sequence.get(0);
        while (first.isGroup() && !first.repeat().optional()) {
            first = first.group().get(0);
        }
        return first.repeat().optional() ? null : first;
    }
}
