package io.tributary.customer;

import io.tributary.event.CustomerEvent;
import io.tributary.identity.Hop;
import io.tributary.ledger.LedgerEntry;
import java.util.List;

/**
 * A piece of a customer's log as it is stored. The log is the sum of its chunks, in any order, so a
 * change never rewrites what is there.
 *
 * @param deltas assignments, in the order of their arrival
 * @param told what was asserted meanwhile; some of it may have been taken back since
 */
record LogChunk(List<Delta> deltas, List<LedgerEntry> told) {

    static final LogChunk EMPTY = new LogChunk(List.of(), List.of());

    /**
     * One assignment.
     *
     * @param event the record
     * @param path by which it came; empty if it carries the customer's identifier
     * @param sign +1 or -1; sums after the log was rewritten
     */
    record Delta(CustomerEvent event, List<Hop> path, int sign) {}

    boolean isEmpty() {
        return deltas.isEmpty() && told.isEmpty();
    }
}
