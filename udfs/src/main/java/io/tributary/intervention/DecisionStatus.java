package io.tributary.intervention;

import java.util.Locale;

/** Where a decision stands; the ledger draws how it gets from one to another. */
public enum DecisionStatus {
    /** Handed to the channel. */
    OFFERED,
    /** The customer is left alone; {@link DecisionReason} says why. */
    SUPPRESSED,
    /** Was offered, then its pain point turned out not to have happened. Final. */
    CANCELLED;

    public String json() {
        return name().toLowerCase(Locale.ROOT);
    }
}
