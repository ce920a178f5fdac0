package io.tributary.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.tributary.event.CanonicalJson;
import io.tributary.event.EventTime;
import io.tributary.event.PropertyType;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the declared properties of one event and leaves out the rest. A value of another type than
 * declared is left out and noted; text that looks like a number is none.
 */
final class PropertyReader {

    /** Beyond 2^53 a double no longer tells neighbouring integers apart. */
    private static final double EXACT = 9_007_199_254_740_992.0;

    /** Shorter identifiers are too likely to be part of something else. */
    private static final int LEAST_HIDDEN = 8;

    private final List<RawIdentifier> hidden;
    private final Set<String> dropped = new LinkedHashSet<>();

    /**
     * @param identifiers the event's own, which must not show up in its properties
     */
    PropertyReader(List<RawIdentifier> identifiers) {
        this.hidden = identifiers.stream().filter(i -> i.value().length() >= LEAST_HIDDEN).toList();
    }

    /** Paths of the declared properties that were left out, such as {@code products.price}. */
    List<String> dropped() {
        return List.copyOf(dropped);
    }

    ObjectNode read(Map<String, PropertyType> declared, JsonNode given) {
        return object(declared, given, "");
    }

    private ObjectNode object(Map<String, PropertyType> declared, JsonNode given, String prefix) {
        ObjectNode kept = CanonicalJson.object();
        Map<String, JsonNode> byName = byName(given);
        declared.forEach(
                (name, type) -> {
                    JsonNode value = byName.get(name);
                    if (value != null && !value.isNull()) {
                        JsonNode read = value(type, value, prefix + name);
                        if (read != null) {
                            kept.set(name, read);
                        }
                    }
                });
        return kept;
    }

    /** Fields under their own names and, where nothing has that name, in snake_case. */
    private static Map<String, JsonNode> byName(JsonNode given) {
        Map<String, JsonNode> byName = new HashMap<>();
        given.properties().forEach(field -> byName.put(field.getKey(), field.getValue()));
        given.properties()
                .forEach(
                        field ->
                                byName.putIfAbsent(
                                        EventNames.snakeCase(field.getKey()), field.getValue()));
        return byName;
    }

    private @Nullable JsonNode value(PropertyType type, JsonNode value, String path) {
        JsonNode read;
        if (type instanceof PropertyType.Scalar scalar) {
            read = scalar(scalar, value);
        } else if (type instanceof PropertyType.ListOf list) {
            read = value.isArray() ? list(list.element(), value, path) : null;
        } else {
            Map<String, PropertyType> fields = ((PropertyType.ObjectOf) type).fields();
            read = value.isObject() ? object(fields, value, path + ".") : null;
        }
        if (read == null) {
            dropped.add(path);
        }
        return read;
    }

    private ArrayNode list(PropertyType element, JsonNode values, String path) {
        ArrayNode kept = CanonicalJson.array();
        for (JsonNode item : values) {
            JsonNode read = item.isNull() ? null : value(element, item, path);
            if (read != null) {
                kept.add(read);
            }
        }
        return kept;
    }

    private @Nullable JsonNode scalar(PropertyType.Scalar type, JsonNode value) {
        return switch (type) {
            case STRING ->
                    value.isTextual() ? TextNode.valueOf(TextMask.emails(hide(value))) : null;
            case TEXT -> value.isTextual() ? TextNode.valueOf(TextMask.text(hide(value))) : null;
            case BOOLEAN -> value.isBoolean() ? value : null;
            case NUMBER -> value.isNumber() ? value : null;
            case INTEGER -> integer(value);
            case TIMESTAMP -> timestamp(value);
        };
    }

    private String hide(JsonNode text) {
        String shown = text.asText();
        for (RawIdentifier identifier : hidden) {
            shown = shown.replace(identifier.value(), "[" + identifier.namespace() + "]");
        }
        return shown;
    }

    /** JSON has one kind of number: 3.0 is the integer 3. */
    private static @Nullable JsonNode integer(JsonNode value) {
        if (value.isIntegralNumber()) {
            return value;
        }
        double number = value.isNumber() ? value.doubleValue() : Double.NaN;
        boolean whole = Math.abs(number) <= EXACT && number == Math.rint(number);
        return whole ? LongNode.valueOf((long) number) : null;
    }

    private static @Nullable JsonNode timestamp(JsonNode value) {
        try {
            return value.isTextual()
                    ? TextNode.valueOf(
                            EventTime.format(Instant.parse(value.asText()).toEpochMilli()))
                    : null;
        } catch (DateTimeException | ArithmeticException e) {
            return null;
        }
    }
}
