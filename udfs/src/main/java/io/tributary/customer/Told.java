package io.tributary.customer;

import io.tributary.intervention.Decision;
import io.tributary.ledger.LedgerEntry;
import java.util.List;

/**
 * What was told about a customer, within the horizon.
 *
 * @param asserted pain points that stand
 * @param decisions every decision taken, oldest first; history, never recomputed
 */
public record Told(List<LedgerEntry> asserted, List<Decision> decisions) {

    static final Told NOTHING = new Told(List.of(), List.of());

    boolean isNothing() {
        return asserted.isEmpty() && decisions.isEmpty();
    }
}
