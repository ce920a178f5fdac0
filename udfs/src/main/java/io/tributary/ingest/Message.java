package io.tributary.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a format found in one message, before names, times and values are checked against the
 * definitions.
 *
 * @param id null if the payload's hash is the id
 * @param type event type
 * @param channel null for the source's
 * @param properties an object, as the message has it
 * @param previous the identifier that an alias call replaces
 */
record Message(
        @Nullable String id,
        String type,
        EventTimes.Clocks clocks,
        @Nullable String channel,
        List<RawIdentifier> identifiers,
        JsonNode properties,
        @Nullable RawIdentifier previous) {}
