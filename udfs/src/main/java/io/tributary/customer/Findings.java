package io.tributary.customer;

import io.tributary.customer.Told.Asserted;
import io.tributary.pattern.Match;
import io.tributary.pattern.PatternDefinition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What matching found that was not told, and what was told and is not found any more. */
final class Findings {

    /**
     * A new pain point on its way to a decision.
     *
     * @param open whether it is an absence whose deadline lies ahead
     */
    record Found(Match match, PatternDefinition definition, boolean open) {

        static final Comparator<Found> BY_DETECTION =
                Comparator.comparingLong((Found found) -> found.match().detectedAt())
                        .thenComparing(found -> found.match().id());
    }

    private final List<Found> found = new ArrayList<>(1);
    private final List<Asserted> withdrawn = new ArrayList<>(0);

    void find(Match match, PatternDefinition definition, boolean open) {
        found.add(new Found(match, definition, open));
    }

    void withdraw(Asserted asserted) {
        withdrawn.add(asserted);
    }

    boolean isEmpty() {
        return found.isEmpty() && withdrawn.isEmpty();
    }

    /** In the order of detection. */
    List<Found> found() {
        found.sort(Found.BY_DETECTION);
        return found;
    }

    List<Asserted> withdrawn() {
        return withdrawn;
    }
}
