package io.tributary.ledger;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.event.CanonicalJson;
import io.tributary.event.EventTime;
import io.tributary.intervention.Decision;
import io.tributary.journey.Touchpoint;

/**
 * A decision as the world sees it.
 *
 * @param decision as it stands now
 * @param time the document's own time, epoch milliseconds: {@code decidedAt} of its first revision,
 *     so that it never moves
 * @param revision 1 for the first document, then rising by 1
 */
public record DecisionDocument(Decision decision, long time, long revision) {

    public String id() {
        return decision.id();
    }

    /** The document, {@code revision} included. */
    public ObjectNode data() {
        ArrayNode touchpoints = CanonicalJson.array();
        decision.touchpoints().forEach(touchpoint -> touchpoints.add(data(touchpoint)));
        ObjectNode data = CanonicalJson.object();
        data.put("id", decision.id());
        data.put("painPoint", decision.painPoint());
        data.put("customer", decision.customer());
        data.put("status", decision.status().json());
        data.put("reason", decision.reason().json());
        data.put("action", decision.action());
        data.put("channel", decision.channel());
        data.put("policyVersion", decision.policyVersion());
        data.put("decidedAt", EventTime.format(decision.decidedAt()));
        data.put("expiresAt", EventTime.format(decision.expiresAt()));
        data.put("arm", decision.arm().json());
        data.put("pattern", decision.pattern());
        data.set("context", CanonicalJson.object().set("touchpoints", touchpoints));
        data.put("revision", revision);
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

    /** {@link #data()} as canonical JSON. */
    public String toJson() {
        return CanonicalJson.string(data());
    }
}
