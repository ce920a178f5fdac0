package io.tributary.intervention;

import io.tributary.journey.Touchpoint;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was decided about one pain point.
 *
 * @param id equals {@code painPoint}: a pain point has one decision
 * @param painPoint match id
 * @param customer whose context it was decided in
 * @param status offered, suppressed or cancelled
 * @param reason why it has this status
 * @param action from the definition, such as {@code proactive_chat}
 * @param channel the channel that is used, or would have been; null if there is none to use
 * @param policyVersion {@code version} of the {@code policy.yaml} that decided
 * @param decidedAt event time at which the pain point was detected, epoch milliseconds
 * @param expiresAt when the offer lapses, epoch milliseconds
 * @param arm side of the experiment; set whatever the status
 * @param pattern definition id
 * @param touchpoints the customer's last ones at or before {@code decidedAt}, newest first, at most
 *     {@value #MAX_TOUCHPOINTS}
 */
public record Decision(
        String id,
        String painPoint,
        String customer,
        DecisionStatus status,
        DecisionReason reason,
        String action,
        @Nullable String channel,
        int policyVersion,
        long decidedAt,
        long expiresAt,
        Arm arm,
        String pattern,
        List<Touchpoint> touchpoints) {

    /** What an agent can take in at a glance, and the bound of what a decision carries. */
    public static final int MAX_TOUCHPOINTS = 5;

    public boolean isOffered() {
        return status == DecisionStatus.OFFERED;
    }

    /** Whether the customer was approached, even if that was cancelled afterwards. */
    public boolean wasOffered() {
        return status != DecisionStatus.SUPPRESSED;
    }

    /** This decision after its pain point was taken back. */
    public Decision cancelled() {
        return new Decision(
                id,
                painPoint,
                customer,
                DecisionStatus.CANCELLED,
                DecisionReason.WITHDRAWN,
                action,
                channel,
                policyVersion,
                decidedAt,
                expiresAt,
                arm,
                pattern,
                touchpoints);
    }
}
