package io.tributary.ledger;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.event.CanonicalJson;
import io.tributary.intervention.Decision;

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
        ObjectNode data = decision.data();
        data.put("revision", revision);
        return data;
    }

    /** {@link #data()} as canonical JSON. */
    public String toJson() {
        return CanonicalJson.string(data());
    }
}
