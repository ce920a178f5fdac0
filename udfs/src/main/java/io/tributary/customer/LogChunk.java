package io.tributary.customer;

import io.tributary.event.CustomerEvent;
import io.tributary.identity.Hop;
import java.util.List;

/**
 * A piece of a customer's log as it is stored: assignments in the order of their arrival. The log
 * is the sum of its chunks, in any order, so a change never rewrites what is there.
 */
record LogChunk(List<Delta> deltas) {

    /**
     * One assignment.
     *
     * @param event the record
     * @param path by which it came; empty if it carries the customer's identifier
     * @param sign +1 or -1; sums after the log was rewritten
     */
    record Delta(CustomerEvent event, List<Hop> path, int sign) {}
}
