package io.tributary.intervention;

import io.tributary.journey.Touchpoint;
import java.util.List;

/**
 * What is known about a customer when something is decided.
 *
 * @param customer key of the customer's identifier, such as {@code user_id:3f2a…}
 * @param drawnBy key of the identifier that the pain point's last event named its customer by:
 *     which arm it is in is drawn for this one, because no later login changes it
 * @param consents everything said so far; what was said after the decision's time does not count
 * @param decisions those made about this customer before, in any order
 * @param touchpoints in any order; those after the decision's time do not count
 */
public record CustomerContext(
        String customer,
        String drawnBy,
        ConsentHistory consents,
        List<PastDecision> decisions,
        List<Touchpoint> touchpoints) {}
