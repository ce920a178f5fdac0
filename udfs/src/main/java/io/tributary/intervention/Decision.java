package io.tributary.intervention;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.event.CanonicalJson;
import io.tributary.event.EventTime;
import io.tributary.journey.Touchpoint;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was decided about one pain point.
 *
 * @param id equals {@code painPoint}: a pain point has one decision
 * @param painPoint match id
 * @param customer whose pain point it is; the ledger lets it follow the pain point
 * @param decidedFor whose context it was decided in, and who was approached: history, stays
 * @param status offered, suppressed or cancelled
 * @param reason why it has this status
 * @param action from the definition, such as {@code proactive_chat}
 * @param channel the channel that is used, or would have been; null if there is none to use
 * @param policyVersion {@code version} of the {@code policy.yaml} that decided
 * @param decidedAt event time at which the pain point was detected, epoch milliseconds
 * @param expiresAt when the offer lapses, epoch milliseconds
 * @param arm side of the experiment, of the identifier that the pain point's last event named its
 *     customer by; set whatever the status
 * @param pattern definition id
 * @param touchpoints the customer's last ones at or before {@code decidedAt}, newest first, at most
 *     {@value #MAX_TOUCHPOINTS}
 */
public record Decision(
        String id,
        String painPoint,
        String customer,
        String decidedFor,
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
        return with(customer, DecisionStatus.CANCELLED, DecisionReason.WITHDRAWN);
    }

    /** This decision, of a pain point that is another customer's now. */
    public Decision of(String owner) {
        return with(owner, status, reason);
    }

    private Decision with(String owner, DecisionStatus newStatus, DecisionReason newReason) {
        return new Decision(
                id,
                painPoint,
                owner,
                decidedFor,
                newStatus,
                newReason,
                action,
                channel,
                policyVersion,
                decidedAt,
                expiresAt,
                arm,
                pattern,
                touchpoints);
    }

    /** The decision as a document, without a revision: that is the ledger's. */
    public ObjectNode data() {
        ArrayNode contacts = CanonicalJson.array();
        touchpoints.forEach(touchpoint -> contacts.add(data(touchpoint)));
        ObjectNode data = CanonicalJson.object();
        data.put("id", id);
        data.put("painPoint", painPoint);
        data.put("customer", customer);
        data.put("status", status.json());
        data.put("reason", reason.json());
        data.put("action", action);
        data.put("channel", channel);
        data.put("policyVersion", policyVersion);
        data.put("decidedAt", EventTime.format(decidedAt));
        data.put("expiresAt", EventTime.format(expiresAt));
        data.put("arm", arm.json());
        data.put("pattern", pattern);
        ObjectNode context = data.putObject("context");
        context.put("customer", decidedFor);
        context.set("touchpoints", contacts);
        return data;
    }

    private static ObjectNode data(Touchpoint touchpoint) {
        ObjectNode data = CanonicalJson.object();
        data.put("event", touchpoint.event());
        data.put("type", touchpoint.type());
        data.put("channel", touchpoint.channel());
        data.put("time", EventTime.format(touchpoint.time()));
        return data;
    }
}
