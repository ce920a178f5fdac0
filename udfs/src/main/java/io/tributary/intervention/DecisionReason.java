package io.tributary.intervention;

import java.util.Locale;

/** Why a decision has its status. */
public enum DecisionReason {
    /** Offered: nothing spoke against it. */
    ELIGIBLE,
    /** Suppressed: the definition runs in shadow mode. */
    SHADOW,
    /** Suppressed: none of the intervention's channels is one that the policy knows. */
    NO_REACHABLE_CHANNEL,
    /** Suppressed: the customer has not agreed to any of the channels. */
    NO_CONSENT,
    /** Suppressed: another offer to this customer is too close in time. */
    COOLDOWN,
    /** Suppressed: eligible, but drawn into the control group. */
    HOLDOUT,
    /** Cancelled: the pain point was taken back after the offer. */
    WITHDRAWN;

    public String json() {
        return name().toLowerCase(Locale.ROOT);
    }
}
