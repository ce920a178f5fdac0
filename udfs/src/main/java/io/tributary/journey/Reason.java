package io.tributary.journey;

import io.tributary.identity.Hop;

/**
 * Why an identifier is the customer's, or what kept it from being somebody else's.
 *
 * @param hop the step that the newest event took which came to the customer so; where {@code to} is
 *     empty and the rule is no guard, it led to the customer's own identifier
 * @param events how many of the customer's events came so; 0 where they carry the customer's
 *     identifier themselves
 */
public record Reason(Hop hop, long events) {

    boolean isGuard() {
        return hop.rule().isGuard();
    }

    /** Whether a later step takes its place: of one identifier, a guard by the same rule. */
    boolean givesWayTo(Hop later) {
        return hop.from().equals(later.from())
                && (isGuard() ? hop.rule() == later.rule() : !later.rule().isGuard());
    }
}
