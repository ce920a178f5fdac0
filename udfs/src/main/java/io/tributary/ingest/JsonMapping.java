package io.tributary.ingest;

import com.fasterxml.jackson.core.JsonPointer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a source's own JSON is read, from {@code mapping} in {@code sources.yaml}. Fields are JSON
 * Pointers (RFC 6901), such as {@code /call/id}.
 *
 * @param id null if the payload's hash is the id
 * @param time null if the record's own time is the time
 * @param channel null if it is always the source's
 * @param identifiers namespace to the fields that may hold one
 * @param properties event property to field; a field of an object brings the whole object
 */
record JsonMapping(
        @Nullable JsonPointer id,
        Choice type,
        @Nullable JsonPointer time,
        TimeFormat timeFormat,
        @Nullable Choice channel,
        Map<String, List<JsonPointer>> identifiers,
        Map<String, JsonPointer> properties) {

    /** How a time is written. */
    enum TimeFormat {
        ISO,
        EPOCH_MILLIS,
        EPOCH_SECONDS
    }

    /**
     * A word that is fixed, or that a field holds.
     *
     * @param fixed null if it is read from the field
     * @param field null if it is fixed
     * @param values what the field holds, to the word that is meant; other values stand for
     *     themselves
     */
    record Choice(
            @Nullable String fixed, @Nullable JsonPointer field, Map<String, String> values) {}
}
