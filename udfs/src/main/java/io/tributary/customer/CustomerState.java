package io.tributary.customer;

import io.tributary.erasure.Erasure;
import io.tributary.event.CustomerEvent;
import io.tributary.journey.CustomerSummary;
import java.util.List;

/**
 * What is durable about a customer beside the log and the fold of what was trimmed: enough to step
 * the next event in order and to tell what it brings.
 *
 * @param summary fold of everything
 * @param lastId id of the newest event; empty if there is none
 * @param ids digests of the ids that the log has seen, sorted
 * @param firedTo the latest absence deadline that was fired; earlier events are out of order
 * @param revision of the customer document
 * @param wakeAt the registered event-time timer; {@link Long#MAX_VALUE} for none
 * @param trimAt watermark at which the log is to be trimmed; {@link Long#MAX_VALUE} for never
 * @param library fingerprint of the definitions that the customer was last evaluated with
 * @param resumes one per definition in which something is under way
 * @param told pain points and decisions, as {@link ToldBytes}: most visits do without them
 * @param erasedUntil what happened at or before it is gone for good; {@link Long#MIN_VALUE} if
 *     nothing is
 * @param erasing what waits for event time to reach the request
 */
record CustomerState(
        CustomerSummary summary,
        String lastId,
        int[] ids,
        long firedTo,
        long revision,
        long wakeAt,
        long trimAt,
        long library,
        List<Resume> resumes,
        byte[] told,
        long erasedUntil,
        List<Erasure> erasing) {

    /** A customer who was never seen. */
    static final CustomerState NEW = remembering(List.of());

    /**
     * Where a definition's progress is restored from.
     *
     * @param pattern key of the definition's version
     * @param from a replay of the events at or after it restores the progress
     * @param deadline when waiting may bring a match; {@link Long#MAX_VALUE} for never
     * @param expires from when on nothing is under way any more if no event comes before; {@link
     *     Long#MAX_VALUE} if waiting may bring a match
     */
    record Resume(String pattern, long from, long deadline, long expires) {}

    /**
     * A customer of whom nothing is left but what they said about being contacted. That is kept for
     * good: forgetting a refusal would be worse than the few bytes.
     */
    static CustomerState remembering(List<CustomerEvent> consents) {
        return new CustomerState(
                new CustomerSummary(
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        0,
                        consents,
                        Long.MIN_VALUE),
                "",
                new int[0],
                Long.MIN_VALUE,
                0,
                Long.MAX_VALUE,
                Long.MAX_VALUE,
                0,
                List.of(),
                new byte[0],
                Long.MIN_VALUE,
                List.of());
    }
}
