package io.tributary.intervention;

/**
 * What later decisions about the same customer depend on.
 *
 * @param painPoint match id; a pain point has one decision
 * @param pattern definition id
 * @param decidedAt event time, epoch milliseconds
 * @param wasOffered whether the customer was approached, even if that was cancelled afterwards
 */
public record PastDecision(String painPoint, String pattern, long decidedAt, boolean wasOffered) {

    public static PastDecision of(Decision decision) {
        return new PastDecision(
                decision.painPoint(),
                decision.pattern(),
                decision.decidedAt(),
                decision.wasOffered());
    }
}
