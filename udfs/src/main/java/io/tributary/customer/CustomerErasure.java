package io.tributary.customer;

import io.tributary.erasure.Erasure;
import io.tributary.erasure.ErasureReport;
import io.tributary.erasure.Removed;
import io.tributary.event.CustomerEvent;
import io.tributary.intervention.PastDecision;
import io.tributary.journey.CustomerSummary;
import io.tributary.ledger.LedgerEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What an erasure took out of a customer. What is left, because it happened after the request, is
 * the beginning of a new customer of the same name.
 *
 * @param events that were in the log and are not any more
 * @param entries what the ledger has to delete
 * @param before what was known of the customer
 */
record CustomerErasure(
        List<CustomerEvent> events, List<LedgerEntry> entries, CustomerSummary before) {

    /** Name of the stage in its reports. */
    private static final String STAGE = "customer";

    /** Leaves nothing derived: what follows from the rest of the log has to be found anew. */
    static CustomerErasure apply(Customer customer, Erasure erasure) {
        CustomerSummary before = customer.summary;
        List<CustomerEvent> gone = new ArrayList<>();
        List<CustomerEvent> kept = new ArrayList<>();
        for (CustomerEvent event : customer.log.load()) {
            (event.time() <= erasure.until() ? gone : kept).add(event);
        }
        List<LedgerEntry> entries = forget(customer, erasure);
        // what was trimmed happened long before
        customer.trim(kept, CustomerSummary.EMPTY);
        customer.tracks.removeIf(pattern -> true);
        customer.summary = customer.log.summary();
        customer.lastId = customer.log.lastId();
        customer.knownFrom = Long.MIN_VALUE;
        customer.library = 0;
        if (kept.isEmpty()) {
            customer.firedTo = Long.MIN_VALUE;
        }
        customer.erasedUntil = Math.max(customer.erasedUntil, erasure.until());
        return new CustomerErasure(gone, entries, before);
    }

    /** A pain point is of the new customer only if all of it happened after the request. */
    private static List<LedgerEntry> forget(Customer customer, Erasure erasure) {
        Told told = customer.told();
        List<Told.Asserted> asserted =
                told.asserted().stream().filter(it -> it.start() > erasure.until()).toList();
        Set<String> gone = new TreeSet<>();
        told.asserted().forEach(it -> gone.add(it.painPoint()));
        told.withdrawn().forEach(withdrawn -> gone.add(withdrawn.painPoint()));
        told.decisions().forEach(decision -> gone.add(decision.painPoint()));
        asserted.forEach(it -> gone.remove(it.painPoint()));
        List<PastDecision> decisions =
                told.decisions().stream()
                        .filter(decision -> !gone.contains(decision.painPoint()))
                        .toList();
        if (!told.isNothing()) {
            customer.tell(new Told(asserted, decisions, List.of()));
        }
        return gone.stream()
                .map(painPoint -> LedgerEntry.erased(painPoint, customer.id, erasure))
                .toList();
    }

    /**
     * @param after what followed
     */
    ErasureReport report(Erasure erasure, CustomerChange after) {
        boolean emptied = after.document() != null && after.document().isEmptied();
        Removed removed = Removed.customer(events.size(), emptied ? 1 : 0);
        return ErasureReport.of(erasure, STAGE, 0, 1, true, removed);
    }
}
