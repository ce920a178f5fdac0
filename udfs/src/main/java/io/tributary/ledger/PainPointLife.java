package io.tributary.ledger;

import io.tributary.intervention.Decision;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All that is kept about one pain point.
 *
 * @param claims those whose count is not 0, at most two a customer
 * @param painPoint the last document emitted; null before the first
 * @param decision the last document emitted; null before the first
 * @param taken the decision as it was first taken; null before that
 * @param expiresAt event time from which no entry can come any more, epoch milliseconds
 */
public record PainPointLife(
        List<Claim> claims,
        @Nullable PainPoint painPoint,
        @Nullable DecisionDocument decision,
        @Nullable Decision taken,
        long expiresAt) {

    static final PainPointLife UNBORN =
            new PainPointLife(List.of(), null, null, null, Long.MIN_VALUE);

    /** Whether forgetting it changes nothing. */
    public boolean isEmpty() {
        return claims.isEmpty() && painPoint == null && decision == null;
    }

    Optional<PainPoint> emittedPainPoint() {
        return Optional.ofNullable(painPoint);
    }

    Optional<DecisionDocument> emittedDecision() {
        return Optional.ofNullable(decision);
    }
}
