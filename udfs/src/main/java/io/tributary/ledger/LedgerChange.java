package io.tributary.ledger;

import org.jspecify.annotations.Nullable;

/**
 * The documents of one pain point before and after an entry that changed at least one of them: what
 * counting needs.
 *
 * @param painPointBefore null if there was none
 * @param painPoint null if there is none
 * @param decisionBefore null if there was none
 * @param decision null if there is none
 */
public record LedgerChange(
        @Nullable PainPoint painPointBefore,
        @Nullable PainPoint painPoint,
        @Nullable DecisionDocument decisionBefore,
        @Nullable DecisionDocument decision) {

    /** Whether a document is there no more: its customer was erased. */
    public boolean deletes() {
        return (painPointBefore != null && painPoint == null)
                || (decisionBefore != null && decision == null);
    }

    public boolean changesPainPoint() {
        return painPoint != null && !painPoint.equals(painPointBefore);
    }

    public boolean changesDecision() {
        return decision != null && !decision.equals(decisionBefore);
    }
}
