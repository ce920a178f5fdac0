package io.tributary.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.event.CanonicalJson;
import io.tributary.event.Channel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Segment's spec and RudderStack's, which adds a few fields to it. */
final class SegmentFormat implements MessageFormat {

    private static final Set<String> CALLS =
            Set.of("identify", "track", "page", "screen", "group", "alias");

    /** Fields that tell a Segment call from other JSON that has a {@code type}. */
    private static final List<String> SIGNS =
            List.of(
                    "messageId",
                    "userId",
                    "anonymousId",
                    "originalTimestamp",
                    "event",
                    "context",
                    "properties",
                    "traits");

    /** Segment's and RudderStack's words for where a library runs. */
    private static final Map<String, String> LIBRARY_CHANNELS =
            Map.of("browser", "web", "client", "web", "app", "mobile");

    private static final List<String> ENVELOPE_FIELDS = List.of("sentAt", "receivedAt", "context");

    private final EventNames names;

    SegmentFormat(EventNames names) {
        this.names = names;
    }

    @Override
    public boolean claims(Part part) {
        JsonNode body = part.body();
        if (body == null || !body.isObject()) {
            return false;
        }
        JsonNode type = body.get("type");
        return part.envelope() != null
                || (type != null
                        && CALLS.contains(type.asText().toLowerCase(Locale.ROOT))
                        && SIGNS.stream().anyMatch(body::has));
    }

    /** Whether JSON that no format claims looks like a Segment call that lacks something. */
    static boolean resembles(Part part) {
        return part.body() != null
                && List.of("messageId", "userId", "anonymousId").stream()
                        .anyMatch(part.body()::has);
    }

    @Override
    public Message read(Part part) {
        ObjectNode root = withEnvelope(part.object(), part.envelope());
        String call = JsonFields.text(root, "type");
        if (call == null) {
            throw new Refusal(RejectionReason.MISSING_TYPE, "'type' is missing");
        }
        String word = call.toLowerCase(Locale.ROOT);
        JsonNode context = JsonFields.object(root, "context");
        String type = type(word, root);
        ObjectNode properties = properties(word, root, context);
        String previous = previous(word, type, root, properties);
        return new Message(
                JsonFields.id(root.get("messageId"), "messageId"),
                type,
                clocks(root),
                channel(word, type, root, context),
                identifiers(root, context),
                properties,
                previous == null ? null : new RawIdentifier("user_id", previous.strip()));
    }

    /** The other account of an alias, or of an event that takes an alias back. */
    private static @Nullable String previous(
            String call, String type, ObjectNode root, ObjectNode properties) {
        if (call.equals("alias")) {
            return JsonFields.identifier(root.get("previousId"), "previousId");
        }
        return type.equals("identifiers_unlinked")
                ? JsonFields.identifier(
                        properties.get("previous_user_id"), "properties.previous_user_id")
                : null;
    }

    private static ObjectNode withEnvelope(ObjectNode item, @Nullable ObjectNode envelope) {
        if (envelope == null) {
            return item;
        }
        ObjectNode merged = CanonicalJson.object();
        for (String field : ENVELOPE_FIELDS) {
            JsonNode value = JsonFields.get(envelope, field);
            if (value != null) {
                merged.set(field, value);
            }
        }
        return merged.setAll(item);
    }

    private String type(String call, ObjectNode root) {
        return switch (call) {
            case "track" -> {
                String event = JsonFields.text(root, "event");
                if (event == null) {
                    throw new Refusal(
                            RejectionReason.MISSING_TYPE, "'event' of a track call is missing");
                }
                yield names.type(event);
            }
            case "page" -> "page_viewed";
            case "screen" -> "screen_viewed";
            case "identify" -> "customer_identified";
            case "group" -> "group_joined";
            case "alias" -> "identifiers_aliased";
            default ->
                    throw new Refusal(
                            RejectionReason.UNKNOWN_TYPE,
                            "'type' must be identify, track, page, screen, group or alias");
        };
    }

    private static ObjectNode properties(String call, ObjectNode root, JsonNode context) {
        ObjectNode properties = CanonicalJson.object();
        switch (call) {
            case "identify", "group" -> {
                addAbsent(properties, JsonFields.object(root, "traits"));
                if (call.equals("group")) {
                    String group = JsonFields.identifier(root.get("groupId"), "groupId");
                    properties.put("group_id", group);
                } else {
                    addAbsent(properties, JsonFields.object(context, "traits"));
                }
            }
            case "page", "screen" -> {
                addAbsent(properties, JsonFields.object(root, "properties"));
                for (String field : List.of("name", "category")) {
                    JsonNode value = JsonFields.get(root, field);
                    if (value != null && !properties.has(field)) {
                        properties.set(field, value);
                    }
                }
                addAbsent(properties, JsonFields.object(context, "page"));
            }
            default -> addAbsent(properties, JsonFields.object(root, "properties"));
        }
        return properties;
    }

    private static void addAbsent(ObjectNode to, JsonNode from) {
        from.properties().forEach(field -> to.putIfAbsent(field.getKey(), field.getValue()));
    }

    private static EventTimes.Clocks clocks(ObjectNode root) {
        Long timestamp = JsonFields.time(root, "timestamp");
        Long received = JsonFields.time(root, "receivedAt");
        // with a timestamp the device's clock matters only where nothing else bounds it
        boolean ofDevice = timestamp == null || received == null;
        return new EventTimes.Clocks(
                timestamp,
                timestamp == null ? JsonFields.clock(root, "originalTimestamp") : null,
                ofDevice ? JsonFields.clock(root, "sentAt") : null,
                received);
    }

    private @Nullable String channel(String call, String type, ObjectNode root, JsonNode context) {
        if (!names.declares(type, "channel") && root.get("properties") != null) {
            JsonNode own = root.get("properties").get("channel");
            if (own != null && Channel.isChannel(own.asText())) {
                return own.asText();
            }
        }
        for (JsonNode given : new JsonNode[] {context.get("channel"), root.get("channel")}) {
            if (given != null && given.isTextual()) {
                String word = given.asText().toLowerCase(Locale.ROOT);
                String channel = LIBRARY_CHANNELS.getOrDefault(word, word);
                if (Channel.isChannel(channel)) {
                    return channel;
                }
            }
        }
        return call.equals("screen") ? "mobile" : null;
    }

    private static List<RawIdentifier> identifiers(ObjectNode root, JsonNode context) {
        List<RawIdentifier> found = new ArrayList<>();
        JsonFields.addIdentifier(found, "user_id", root.get("userId"), "userId");
        JsonFields.addIdentifier(found, "anonymous_id", root.get("anonymousId"), "anonymousId");
        JsonNode device = JsonFields.object(context, "device");
        JsonFields.addIdentifier(found, "device_id", device.get("id"), "context.device.id");
        for (JsonNode traits :
                List.of(JsonFields.object(root, "traits"), JsonFields.object(context, "traits"))) {
            JsonFields.addIdentifier(found, "email", traits.get("email"), "traits.email");
            JsonFields.addIdentifier(found, "phone", traits.get("phone"), "traits.phone");
        }
        addExternal(found, context.get("externalIds"));
        addExternal(found, context.get("externalId"));
        return found;
    }

    /** A list of {@code {id, type, encoding: none}}; other encodings say nothing to us. */
    private static void addExternal(List<RawIdentifier> found, @Nullable JsonNode list) {
        if (list == null || list.isNull()) {
            return;
        }
        if (!list.isArray()) {
            throw JsonFields.wrongType("context.externalIds", "a list");
        }
        for (JsonNode item : list) {
            String type = JsonFields.text(item, "type");
            String encoding = JsonFields.text(item, "encoding");
            if (type != null && (encoding == null || encoding.equals("none"))) {
                JsonFields.addIdentifier(
                        found, EventNames.snakeCase(type), item.get("id"), "context.externalIds");
            }
        }
    }
}
