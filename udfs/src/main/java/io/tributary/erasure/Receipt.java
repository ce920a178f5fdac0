package io.tributary.erasure;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.event.CanonicalJson;
import io.tributary.event.EventTime;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What became of a request for erasure.
 *
 * @param id of the request
 * @param requestedAt its time, epoch milliseconds
 * @param identifiers keys of the accounts, or other identifier, that it erases, sorted
 * @param removed so far
 * @param checkpoint number of the first checkpoint that holds nothing of the customer; null as long
 *     as there is none, and in a bounded run
 * @param heldUntil about when the last checkpoint from before is no longer kept, epoch
 *     milliseconds; null with {@code checkpoint}
 * @param revision rises with every document of this receipt
 */
public record Receipt(
        String id,
        long requestedAt,
        List<String> identifiers,
        Removed removed,
        Status status,
        @Nullable Long checkpoint,
        @Nullable Long heldUntil,
        long revision) {

    /** How far it is. */
    public enum Status {
        /** Some subtask still has to look at what it keeps. */
        PENDING,
        /** Nothing is left in the running job; its checkpoints may hold it. */
        REMOVED,
        /** A checkpoint without it is complete. */
        DONE
    }

    /** The document, {@code revision} included. */
    public ObjectNode data() {
        ObjectNode json = CanonicalJson.object();
        json.put("id", id);
        json.put("requestedAt", EventTime.format(requestedAt));
        ArrayNode keys = json.putArray("identifiers");
        identifiers.forEach(keys::add);
        json.putObject("removed")
                .put("events", removed.events())
                .put("links", removed.links())
                .put("painPoints", removed.painPoints())
                .put("decisions", removed.decisions())
                .put("documents", removed.documents());
        json.put("status", status.name().toLowerCase(Locale.ROOT));
        json.put("checkpoint", checkpoint);
        json.put("heldUntil", heldUntil == null ? null : EventTime.format(heldUntil));
        json.put("revision", revision);
        return json;
    }
}
