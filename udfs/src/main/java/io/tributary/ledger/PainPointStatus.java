package io.tributary.ledger;

import java.util.Locale;

/** Where a pain point stands; {@link PainPointLedger} draws how it gets from one to another. */
public enum PainPointStatus {
    /** It happened. */
    DETECTED,
    /** It will have happened if nothing intervenes before its deadline. */
    OPEN,
    /** It turned out not to have happened. */
    RETRACTED;

    public String json() {
        return name().toLowerCase(Locale.ROOT);
    }
}
