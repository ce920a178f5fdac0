package io.tributary.customer;

import io.tributary.journey.CustomerDocument;
import io.tributary.ledger.LedgerEntry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What has to be told of a customer.
 *
 * @param event what became of the event; null if nothing
 * @param entries pain points that are newly asserted or withdrawn
 * @param stages what changed in the stays in stages; null if nothing did
 * @param document the customer's document; null if it did not change
 */
record CustomerChange(
        @Nullable EventChange event,
        List<LedgerEntry> entries,
        @Nullable StageChange stages,
        @Nullable CustomerDocument document) {

    static final CustomerChange NONE = new CustomerChange(null, List.of(), null, null);
}
