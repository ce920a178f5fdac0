package io.tributary.customer;

import io.tributary.intervention.Decision;
import io.tributary.ledger.LedgerEntry;
import java.util.List;

/**
 * What was told about a customer, within the horizon.
 *
 * @param asserted pain points that stand
 * @param decisions every decision taken, oldest first; history, never recomputed
 * @param withdrawn pain points that were taken back, whose documents show the customer perhaps
 */
public record Told(
        List<LedgerEntry> asserted, List<Decision> decisions, List<Withdrawn> withdrawn) {

    /**
     * @param end of the match, epoch milliseconds
     */
    public record Withdrawn(String painPoint, long end) {}

    static final Told NOTHING = new Told(List.of(), List.of(), List.of());

    boolean isNothing() {
        return asserted.isEmpty() && decisions.isEmpty() && withdrawn.isEmpty();
    }
}
