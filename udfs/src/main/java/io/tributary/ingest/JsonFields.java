package io.tributary.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.event.CanonicalJson;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Fields of a message's envelope: absent and null are the same, any other type than expected is
 * refused as WRONG_TYPE.
 */
final class JsonFields {

    /** Longest id, in characters. */
    private static final int LONGEST_ID = 512;

    private JsonFields() {}

    static @Nullable JsonNode get(JsonNode object, String name) {
        JsonNode value = object.get(name);
        return value == null || value.isNull() ? null : value;
    }

    /** Null if absent or blank. */
    static @Nullable String text(JsonNode object, String name) {
        return textOf(get(object, name), name);
    }

    static @Nullable String textOf(@Nullable JsonNode value, String name) {
        if (value == null || value.isNull() || value.isMissingNode()) {
            return null;
        }
        if (!value.isTextual()) {
            throw wrongType(name, "a string");
        }
        return value.asText().isBlank() ? null : value.asText();
    }

    static @Nullable String id(@Nullable JsonNode value, String name) {
        String id = identifier(value, name);
        if (id != null && id.length() > LONGEST_ID) {
            throw wrongType(name, "at most " + LONGEST_ID + " characters long");
        }
        return id;
    }

    /** A string, or a whole number as some senders write their keys. */
    static @Nullable String identifier(@Nullable JsonNode value, String name) {
        if (value != null && value.isIntegralNumber()) {
            return value.asText();
        }
        return textOf(value, name);
    }

    static void addIdentifier(
            List<RawIdentifier> to, String namespace, @Nullable JsonNode value, String name) {
        String identifier = identifier(value, name);
        if (identifier != null) {
            to.add(new RawIdentifier(namespace, identifier.strip()));
        }
    }

    /** An empty object if absent. */
    static JsonNode object(JsonNode object, String name) {
        JsonNode value = get(object, name);
        if (value == null) {
            return CanonicalJson.object();
        }
        if (!value.isObject()) {
            throw wrongType(name, "an object");
        }
        return value;
    }

    /** ISO-8601 text or milliseconds since the epoch, and plausible; null if absent. */
    static @Nullable Long time(JsonNode object, String name) {
        Long time = clock(object, name);
        return time == null ? null : EventTimes.plausible(time, name);
    }

    /** As {@link #time}, but of a clock that may be unset. */
    static @Nullable Long clock(JsonNode object, String name) {
        JsonNode value = get(object, name);
        if (value == null) {
            return null;
        }
        if (value.isNumber()) {
            return EventTimes.millis(value.doubleValue(), name);
        }
        if (value.isTextual() && value.asText().isBlank()) {
            return null;
        }
        if (value.isTextual()) {
            return EventTimes.iso(value.asText(), name);
        }
        throw new Refusal(RejectionReason.TIME_INVALID, "'" + name + "' is not a time");
    }

    static Refusal wrongType(String name, String expected) {
        return new Refusal(RejectionReason.WRONG_TYPE, "'" + name + "' must be " + expected);
    }
}
