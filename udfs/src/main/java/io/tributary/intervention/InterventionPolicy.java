package io.tributary.intervention;

import io.tributary.journey.Touchpoint;
import io.tributary.pattern.InterventionSpec;
import io.tributary.pattern.Match;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether to step in. The first of these that applies is the reason:
 *
 * <ol>
 *   <li>the definition runs in shadow: {@code shadow};
 *   <li>none of its channels is one of the policy's: {@code no_reachable_channel};
 *   <li>on none of those the customer may be contacted: {@code no_consent};
 *   <li>an offer of this definition is closer than its cooldown, or any offer is closer than the
 *       policy's, before or after: {@code cooldown};
 *   <li>the customer is in the control group: {@code holdout}. It comes last, so that both arms
 *       hold customers who would have been approached, and can be compared;
 *   <li>otherwise it is offered: {@code eligible}.
 * </ol>
 *
 * The channel is the first of the definition's, in its order of preference, that the policy knows
 * and the customer may be contacted on.
 */
public final class InterventionPolicy {

    private final Policy policy;

    public InterventionPolicy(Policy policy) {
        this.policy = policy;
    }

    public Policy policy() {
        return policy;
    }

    /**
     * @param shadow whether the definition runs in shadow mode
     */
    public Decision decide(
            Match match, InterventionSpec spec, boolean shadow, CustomerContext context) {
        long now = match.detectedAt();
        boolean isReachable = false;
        String channel = null;
        for (String preferred : spec.channels()) {
            if (policy.channels().contains(preferred)) {
                isReachable = true;
                if (policy.mayContact(context.consents(), preferred, now)) {
                    channel = preferred;
                    break;
                }
            }
        }
        Arm arm = Holdout.arm(context.drawnBy(), match.pattern(), spec.holdout());
        DecisionReason reason =
                shadow
                        ? DecisionReason.SHADOW
                        : reason(match, spec, context, isReachable, channel, arm);
        return new Decision(
                match.id(),
                match.id(),
                context.customer(),
                context.customer(),
                reason == DecisionReason.ELIGIBLE
                        ? DecisionStatus.OFFERED
                        : DecisionStatus.SUPPRESSED,
                reason,
                spec.action(),
                channel,
                policy.version(),
                now,
                now + spec.expires().toMillis(),
                arm,
                match.pattern(),
                lastTouchpoints(context.touchpoints(), now));
    }

    private DecisionReason reason(
            Match match,
            InterventionSpec spec,
            CustomerContext context,
            boolean isReachable,
            @Nullable String channel,
            Arm arm) {
        if (!isReachable) {
            return DecisionReason.NO_REACHABLE_CHANNEL;
        }
        if (channel == null) {
            return DecisionReason.NO_CONSENT;
        }
        if (isCoolingDown(match, spec, context.decisions())) {
            return DecisionReason.COOLDOWN;
        }
        return arm == Arm.HOLDOUT ? DecisionReason.HOLDOUT : DecisionReason.ELIGIBLE;
    }

    private boolean isCoolingDown(
            Match match, InterventionSpec spec, List<PastDecision> decisions) {
        for (PastDecision offer : decisions) {
            if (offer.wasOffered()
                    && (isCloser(offer, match, policy.cooldown())
                            || (offer.pattern().equals(match.pattern())
                                    && isCloser(offer, match, spec.cooldown())))) {
                return true;
            }
        }
        return false;
    }

    /** An offer exactly one cooldown away is far enough. */
    private static boolean isCloser(PastDecision offer, Match match, Duration cooldown) {
        return Math.abs(offer.decidedAt() - match.detectedAt()) < cooldown.toMillis();
    }

    private static List<Touchpoint> lastTouchpoints(List<Touchpoint> touchpoints, long now) {
        return touchpoints.stream()
                .filter(touchpoint -> touchpoint.time() <= now)
                .sorted(Touchpoint.NEWEST_FIRST)
                .limit(Decision.MAX_TOUCHPOINTS)
                .toList();
    }
}
