package io.tributary.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.event.CanonicalJson;
import io.tributary.event.Channel;
import io.tributary.event.Namespace;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * CloudEvents 1.0 in both modes of its Kafka binding. Identifiers stand in the subject ({@code
 * user_id:42}), in extension attributes without underscores ({@code userid}), or in the data under
 * the namespace's name ({@code user_id} or {@code userId}).
 */
final class CloudEventsFormat implements MessageFormat {

    private static final String PREFIX = "ce_";
    private static final String STRUCTURED = "application/cloudevents";

    /** Between source and id: no URI holds it. */
    private static final char SEPARATOR = '\u001F';

    private final EventNames names;
    private final List<Namespace> namespaces;

    CloudEventsFormat(EventNames names, List<Namespace> namespaces) {
        this.names = names;
        this.namespaces = namespaces;
    }

    /** Whether the attributes stand in headers, and the value is the data alone. */
    static boolean isBinary(Map<String, byte[]> headers) {
        String contentType = Part.header(headers, "content-type");
        boolean structured =
                contentType != null && contentType.toLowerCase(Locale.ROOT).startsWith(STRUCTURED);
        return !structured && Part.header(headers, PREFIX + "specversion") != null;
    }

    @Override
    public boolean claims(Part part) {
        String contentType = Part.header(part.headers(), "content-type");
        return isBinary(part.headers())
                || (contentType != null
                        && contentType.toLowerCase(Locale.ROOT).startsWith(STRUCTURED))
                || (part.body() != null && part.body().has("specversion"));
    }

    @Override
    public Message read(Part part) {
        boolean binary = isBinary(part.headers());
        ObjectNode attributes = binary ? attributes(part.headers()) : part.object();
        if (!"1.0".equals(JsonFields.text(attributes, "specversion"))) {
            throw new Refusal(RejectionReason.UNKNOWN_FORMAT, "'specversion' must be 1.0");
        }
        JsonNode data = binary ? part.body() : data(attributes);
        if (data == null || data.isNull()) {
            data = CanonicalJson.object();
        }
        if (!data.isObject()) {
            throw JsonFields.wrongType("data", "a JSON object");
        }
        String name = JsonFields.text(attributes, "type");
        if (name == null) {
            throw new Refusal(RejectionReason.MISSING_TYPE, "'type' is missing");
        }
        String type = names.typeOfDotted(name);
        JsonNode nested = data.get("properties");
        return new Message(
                id(attributes),
                type,
                EventTimes.Clocks.of(JsonFields.time(attributes, "time")),
                channel(attributes, data, type),
                identifiers(attributes, data),
                nested != null && nested.isObject() ? nested : data,
                null);
    }

    private static ObjectNode attributes(Map<String, byte[]> headers) {
        ObjectNode attributes = CanonicalJson.object();
        headers.forEach(
                (name, value) -> {
                    String lower = name.toLowerCase(Locale.ROOT);
                    if (lower.startsWith(PREFIX)) {
                        attributes.put(lower.substring(PREFIX.length()), StrictJson.decode(value));
                    }
                });
        return attributes;
    }

    private static @Nullable JsonNode data(ObjectNode attributes) {
        String encoded = JsonFields.text(attributes, "data_base64");
        if (encoded == null) {
            return attributes.get("data");
        }
        try {
            return StrictJson.parse(Base64.getDecoder().decode(encoded)).root();
        } catch (IllegalArgumentException e) {
            throw JsonFields.wrongType("data_base64", "Base64");
        }
    }

    private static String id(ObjectNode attributes) {
        String id = JsonFields.id(attributes.get("id"), "id");
        String source = JsonFields.id(attributes.get("source"), "source");
        if (id == null || source == null) {
            throw new Refusal(
                    RejectionReason.MISSING_ID,
                    "'" + (id == null ? "id" : "source") + "' is missing");
        }
        return source + SEPARATOR + id;
    }

    private @Nullable String channel(ObjectNode attributes, JsonNode data, String type) {
        JsonNode extension = attributes.get("channel");
        if (extension != null && Channel.isChannel(extension.asText())) {
            return extension.asText();
        }
        JsonNode own = names.declares(type, "channel") ? null : data.get("channel");
        return own != null && Channel.isChannel(own.asText()) ? own.asText() : null;
    }

    private List<RawIdentifier> identifiers(ObjectNode attributes, JsonNode data) {
        List<RawIdentifier> found = new ArrayList<>();
        String subject = JsonFields.text(attributes, "subject");
        for (Namespace namespace : namespaces) {
            String name = namespace.name();
            if (subject != null && subject.startsWith(name + ":")) {
                found.add(new RawIdentifier(name, subject.substring(name.length() + 1).strip()));
            }
            String flat = name.replace("_", "");
            JsonFields.addIdentifier(found, name, attributes.get(flat), flat);
            JsonFields.addIdentifier(found, name, data.get(name), "data." + name);
            String camel = camelCase(name);
            if (!camel.equals(name)) {
                JsonFields.addIdentifier(found, name, data.get(camel), "data." + camel);
            }
        }
        return found;
    }

    private static String camelCase(String snake) {
        StringBuilder camel = new StringBuilder();
        for (int i = 0; i < snake.length(); i++) {
            boolean starts = i > 0 && snake.charAt(i - 1) == '_';
            char c = snake.charAt(i);
            if (c != '_') {
                camel.append(starts ? Character.toUpperCase(c) : c);
            }
        }
        return camel.toString();
    }

    /** The data of a binary event, which is JSON unless its content type says otherwise. */
    static @Nullable JsonNode binaryData(byte @Nullable [] value, Map<String, byte[]> headers) {
        if (value == null || value.length == 0) {
            return null;
        }
        String contentType = Part.header(headers, "content-type");
        if (contentType != null && !contentType.toLowerCase(Locale.ROOT).contains("json")) {
            throw new Refusal(RejectionReason.NOT_JSON, "the content type of the data is no JSON");
        }
        return StrictJson.parse(value).root();
    }
}
