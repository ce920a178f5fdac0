package io.tributary.customer;

import io.tributary.journey.CustomerDocument;
import io.tributary.ledger.LedgerEntry;
import io.tributary.metric.MetricDelta;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an evaluation found: the new state and what has to be told.
 *
 * @param state to be stored
 * @param entries pain points that are newly asserted or withdrawn
 * @param metrics stage entries and exits, signed
 * @param document the customer's document if it changed
 */
public record CustomerChange(
        CustomerState state,
        List<LedgerEntry> entries,
        List<MetricDelta> metrics,
        @Nullable CustomerDocument document) {}
