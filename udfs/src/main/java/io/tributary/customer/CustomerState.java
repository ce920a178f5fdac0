package io.tributary.customer;

import io.tributary.event.CustomerEvent;
import io.tributary.intervention.Decision;
import io.tributary.journey.CustomerSummary;
import io.tributary.ledger.LedgerEntry;
import java.util.List;
import java.util.Map;

/**
 * What is durable about a customer beside the log.
 *
 * @param base fold of the events that were trimmed from the log
 * @param summary base and log together, as last told
 * @param asserted pain points that stand, within the horizon
 * @param decisions every decision taken within the horizon, oldest first; history, never recomputed
 * @param deadlines next absence deadline per definition and version that has one, epoch
 *     milliseconds
 * @param firedTo how far absence deadlines have been fired, epoch milliseconds
 * @param revision of the customer document
 */
public record CustomerState(
        CustomerSummary base,
        CustomerSummary summary,
        List<LedgerEntry> asserted,
        List<Decision> decisions,
        Map<String, Long> deadlines,
        long firedTo,
        long revision) {

    /** A customer who was never seen. */
    public static final CustomerState NEW =
            new CustomerState(
                    CustomerSummary.EMPTY,
                    CustomerSummary.EMPTY,
                    List.of(),
                    List.of(),
                    Map.of(),
                    Long.MIN_VALUE,
                    0);

    /**
     * A customer of whom nothing is left but what they said about being contacted. That is kept for
     * good: forgetting a refusal would be worse than the few bytes.
     */
    static CustomerState remembering(List<CustomerEvent> consents) {
        if (consents.isEmpty()) {
            return NEW;
        }
        CustomerSummary base =
                new CustomerSummary(
                        List.of(), List.of(), List.of(), List.of(), 0, consents, Long.MIN_VALUE);
        return new CustomerState(base, base, List.of(), List.of(), Map.of(), Long.MIN_VALUE, 0);
    }

    /** Under which {@code deadlines} are kept. */
    static String key(String pattern, int version) {
        return pattern + "@" + version;
    }

    /** The earliest absence deadline, or {@link Long#MAX_VALUE}. */
    public long nextDeadline() {
        return deadlines.values().stream().mapToLong(Long::longValue).min().orElse(Long.MAX_VALUE);
    }
}
