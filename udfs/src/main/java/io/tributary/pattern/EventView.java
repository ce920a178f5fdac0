package io.tributary.pattern;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.event.CustomerEvent;
import io.tributary.event.EventCatalog;
import io.tributary.event.PropertyType;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An object as CEL sees it: a map whose values are made when they are asked for. A value that is
 * not of its declared type cannot be got, which makes the condition false.
 */
final class EventView extends AbstractMap<String, Object> {

    /** A step that took no event: every field is missing. */
    static final EventView MISSING = new EventView(Set::of, name -> null);

    private static final Set<String> NAMES =
            Set.of("id", "type", "time", "channel", "source", "properties");

    /** A value that is not of its declared type. */
    static final class MistypedException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        MistypedException(String message) {
            super(message, null, false, false);
        }
    }

    /** Looks a field up; null if it is missing. */
    private interface Fields {
        @Nullable Object get(String name);
    }

    private final Supplier<Set<String>> names;
    private final Fields fields;

    private EventView(Supplier<Set<String>> names, Fields fields) {
        this.names = names;
        this.fields = fields;
    }

    static EventView of(CustomerEvent event, EventCatalog catalog) {
        return new EventView(() -> NAMES, new EventFields(event, catalog));
    }

    /** The fields of an event; the view of its properties is made once. */
    private static final class EventFields implements Fields {

        private final CustomerEvent event;
        private final EventCatalog catalog;
        private @Nullable EventView properties;

        EventFields(CustomerEvent event, EventCatalog catalog) {
            this.event = event;
            this.catalog = catalog;
        }

        @Override
        public @Nullable Object get(String name) {
            return switch (name) {
                case "id" -> event.id();
                case "type" -> event.type();
                case "time" -> Instant.ofEpochMilli(event.time());
                case "channel" -> event.channel();
                case "source" -> event.source();
                case "properties" -> properties();
                default -> null;
            };
        }

        private EventView properties() {
            EventView view = properties;
            if (view == null) {
                view =
                        EventView.properties(
                                event.properties(), catalog.properties(event.type()).orElse(null));
                properties = view;
            }
            return view;
        }
    }

    /**
     * Only declared fields are seen; with {@code declared} null every field is, as JSON types it.
     */
    private static EventView properties(
            JsonNode object, @Nullable SortedMap<String, PropertyType> declared) {
        return new EventView(
                () -> names(object, declared),
                name -> {
                    PropertyType type = declared == null ? null : declared.get(name);
                    if (declared != null && type == null) {
                        return null;
                    }
                    JsonNode value = object.get(name);
                    if (value == null || value.isNull()) {
                        return null;
                    }
                    return type == null ? untyped(value) : typed(name, value, type);
                });
    }

    private static Set<String> names(
            JsonNode object, @Nullable SortedMap<String, PropertyType> declared) {
        Set<String> names = new LinkedHashSet<>();
        object.fieldNames().forEachRemaining(names::add);
        if (declared != null) {
            names.retainAll(declared.keySet());
        }
        return names;
    }

    private static Object typed(String name, JsonNode value, PropertyType type) {
        if (type instanceof PropertyType.ObjectOf object && value.isObject()) {
            return properties(value, object.fields());
        }
        if (type instanceof PropertyType.ListOf list && value.isArray()) {
            List<Object> items = new ArrayList<>(value.size());
            value.forEach(item -> items.add(typed(name, item, list.element())));
            return items;
        }
        if (type instanceof PropertyType.Scalar scalar) {
            Object read = scalar(value, scalar);
            if (read != null) {
                return read;
            }
        }
        throw new MistypedException("property '" + name + "' is not of its declared type");
    }

    private static @Nullable Object scalar(JsonNode value, PropertyType.Scalar type) {
        return switch (type) {
            case STRING, TEXT -> value.isTextual() ? value.textValue() : null;
            case INTEGER ->
                    value.isIntegralNumber() && value.canConvertToLong() ? value.longValue() : null;
            case NUMBER -> value.isNumber() ? value.doubleValue() : null;
            case BOOLEAN -> value.isBoolean() ? value.booleanValue() : null;
            case TIMESTAMP -> value.isTextual() ? instant(value.textValue()) : null;
        };
    }

    private static @Nullable Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    private static Object untyped(JsonNode value) {
        if (value.isObject()) {
            return properties(value, null);
        }
        if (value.isArray()) {
            List<Object> items = new ArrayList<>(value.size());
            value.forEach(item -> items.add(untyped(item)));
            return items;
        }
        if (value.isIntegralNumber() && value.canConvertToLong()) {
            return value.longValue();
        }
        if (value.isNumber()) {
            return value.doubleValue();
        }
        return value.isBoolean() ? value.booleanValue() : value.asText();
    }

    @Override
    public @Nullable Object get(@Nullable Object name) {
        return name instanceof String text ? fields.get(text) : null;
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
        return get(name) != null;
    }

    @Override
    public Set<Map.Entry<String, Object>> entrySet() {
        Map<String, Object> present = new LinkedHashMap<>();
        for (String name : names.get()) {
            Object value = get(name);
            if (value != null) {
                present.put(name, value);
            }
        }
        return present.entrySet();
    }
}
