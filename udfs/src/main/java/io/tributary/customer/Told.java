package io.tributary.customer;

import io.tributary.intervention.PastDecision;
import io.tributary.ledger.LedgerEntry;
import io.tributary.pattern.Match;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What was told about a customer, within the horizon: as much of it as most visits need. The
 * entries themselves are in the log ({@link CustomerLog#told}).
 *
 * @param asserted pain points that stand
 * @param decisions every decision taken, oldest first; history, never recomputed
 * @param withdrawn pain points that were taken back, whose documents show the customer perhaps
 */
record Told(List<Asserted> asserted, List<PastDecision> decisions, List<Withdrawn> withdrawn) {

    /**
     * A pain point that stands. Its id is made of its events, so what is not here follows from it.
     *
     * @param painPoint match id
     * @param pattern definition id
     * @param version of the definition
     * @param start of the match, as all times epoch milliseconds
     */
    record Asserted(
            String painPoint, String pattern, int version, long start, long end, long detectedAt) {

        static Asserted of(Match match) {
            return new Asserted(
                    match.id(),
                    match.pattern(),
                    match.version(),
                    match.start(),
                    match.end(),
                    match.detectedAt());
        }
    }

    /**
     * @param end of the match, epoch milliseconds
     */
    record Withdrawn(String painPoint, long end) {}

    static final Told NOTHING = new Told(List.of(), List.of(), List.of());

    boolean isNothing() {
        return asserted.isEmpty() && decisions.isEmpty() && withdrawn.isEmpty();
    }

    /** Of some entries those whose pain point stands or whose decision is remembered, each once. */
    List<LedgerEntry> of(List<LedgerEntry> entries) {
        Set<Asserted> standing = new HashSet<>(asserted);
        Set<PastDecision> made = new HashSet<>(decisions);
        return entries.stream()
                .filter(
                        entry ->
                                standing.contains(Asserted.of(entry.match()))
                                        || (entry.decision() != null
                                                && made.contains(
                                                        PastDecision.of(entry.decision()))))
                .distinct()
                .toList();
    }
}
