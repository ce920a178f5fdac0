package io.tributary.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One message of a record: all of it, or one part of a batch.
 *
 * @param payload its bytes
 * @param body its JSON; null if there is none
 * @param headers the record's
 * @param envelope the batch around it; null if there is none
 */
@SuppressWarnings("ArrayRecordComponent")
record Part(
        byte[] payload,
        @Nullable JsonNode body,
        Map<String, byte[]> headers,
        @Nullable ObjectNode envelope) {

    /** The body, which has to be an object. */
    ObjectNode object() {
        if (body instanceof ObjectNode object) {
            return object;
        }
        throw new Refusal(RejectionReason.WRONG_TYPE, "the message is not a JSON object");
    }

    /** A header as text, names without regard to case; null if there is none. */
    static @Nullable String header(Map<String, byte[]> headers, String name) {
        for (Map.Entry<String, byte[]> header : headers.entrySet()) {
            if (header.getKey().equalsIgnoreCase(name)) {
                return new String(header.getValue(), StandardCharsets.UTF_8);
            }
        }
        return null;
    }
}
