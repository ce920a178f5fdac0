package io.tributary.ingest;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.event.CanonicalJson;
import io.tributary.event.Channel;
import io.tributary.ingest.JsonMapping.Choice;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A source's own JSON, read by its mapping. */
final class MappedFormat implements MessageFormat {

    private final EventNames names;
    private final JsonMapping mapping;

    MappedFormat(EventNames names, JsonMapping mapping) {
        this.names = names;
        this.mapping = mapping;
    }

    @Override
    public boolean claims(Part part) {
        return true;
    }

    @Override
    public Message read(Part part) {
        ObjectNode root = part.object();
        String name = choose(mapping.type(), root);
        if (name == null) {
            throw new Refusal(
                    RejectionReason.MISSING_TYPE, "'" + mapping.type().field() + "' is missing");
        }
        JsonPointer id = mapping.id();
        Choice channel = mapping.channel();
        String itsChannel = channel == null ? null : choose(channel, root);
        return new Message(
                id == null ? null : JsonFields.id(root.at(id), id.toString()),
                names.type(name),
                EventTimes.Clocks.of(time(root)),
                itsChannel != null && Channel.isChannel(itsChannel) ? itsChannel : null,
                identifiers(root),
                properties(root),
                null);
    }

    private static @Nullable String choose(Choice choice, JsonNode root) {
        JsonPointer field = choice.field();
        if (field == null) {
            return choice.fixed();
        }
        JsonNode value = root.at(field);
        String word =
                value.isBoolean() ? value.asText() : JsonFields.identifier(value, field.toString());
        return word == null ? null : choice.values().getOrDefault(word, word);
    }

    private @Nullable Long time(JsonNode root) {
        JsonPointer field = mapping.time();
        JsonNode value = field == null ? null : root.at(field);
        if (value == null || value.isMissingNode() || value.isNull()) {
            return null;
        }
        String name = String.valueOf(field);
        boolean iso = mapping.timeFormat() == JsonMapping.TimeFormat.ISO;
        if (iso ? !value.isTextual() : !value.isNumber()) {
            throw new Refusal(
                    RejectionReason.TIME_INVALID,
                    "'" + name + "' must be " + (iso ? "a text" : "a number"));
        }
        return EventTimes.plausible(
                switch (mapping.timeFormat()) {
                    case ISO -> EventTimes.iso(value.asText(), name);
                    case EPOCH_MILLIS -> EventTimes.millis(value.doubleValue(), name);
                    case EPOCH_SECONDS -> EventTimes.millis(value.doubleValue() * 1000, name);
                },
                name);
    }

    private List<RawIdentifier> identifiers(JsonNode root) {
        List<RawIdentifier> found = new ArrayList<>();
        mapping.identifiers()
                .forEach(
                        (namespace, fields) ->
                                fields.forEach(
                                        field ->
                                                JsonFields.addIdentifier(
                                                        found,
                                                        namespace,
                                                        root.at(field),
                                                        field.toString())));
        return found;
    }

    private ObjectNode properties(JsonNode root) {
        ObjectNode properties = CanonicalJson.object();
        mapping.properties()
                .forEach(
                        (name, field) -> {
                            JsonNode value = root.at(field);
                            if (!value.isMissingNode()) {
                                properties.set(name, value);
                            }
                        });
        return properties;
    }
}
