package io.tributary.customer;

import io.tributary.journey.CustomerDocument;
import io.tributary.ledger.LedgerEntry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an evaluation found: the new state and what has to be told.
 *
 * @param state to be stored
 * @param entries pain points that are newly asserted or withdrawn
 * @param stages what changed in the stays in stages; null if nothing did
 * @param document the customer's document; null if it did not change
 */
public record CustomerChange(
        CustomerState state,
        List<LedgerEntry> entries,
        @Nullable StageChange stages,
        @Nullable CustomerDocument document) {}
