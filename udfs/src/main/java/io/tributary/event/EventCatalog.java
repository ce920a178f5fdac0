package io.tributary.event;

import io.tributary.definition.Definitions;
import io.tributary.definition.Problem;
import io.tributary.definition.Problems;
import io.tributary.definition.SchemaCheck;
import io.tributary.definition.YamlNode;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The event types that exist and the typed properties of each, from {@code events.yaml}:
 *
 * <pre>{@code
 * events:
 *   product_added:
 *     description: A product was put into the cart
 *     properties: {cart_id: string, value: number, products: [{sku: string}]}
 * }</pre>
 */
public final class EventCatalog {

    /** Property types of each event type, both sorted by name. */
    private final SortedMap<String, SortedMap<String, PropertyType>> types;

    private EventCatalog(SortedMap<String, SortedMap<String, PropertyType>> types) {
        this.types = Collections.unmodifiableSortedMap(types);
    }

    public static EventCatalog of(Map<String, SortedMap<String, PropertyType>> types) {
        return new EventCatalog(new TreeMap<>(types));
    }

    /** Reads {@code events.yaml}; what cannot be read is left out and named in {@code problems}. */
    public static EventCatalog read(Definitions definitions, Problems problems) {
        TreeMap<String, SortedMap<String, PropertyType>> types = new TreeMap<>();
        Definitions.SourceFile file = definitions.file(Definitions.EVENTS);
        if (file == null) {
            problems.add(new Problem(Definitions.EVENTS, 1, 1, "the file is missing"));
        } else {
            YamlNode.parse(file.path(), file.text(), problems)
                    .ifPresent(root -> readRoot(root, types, problems));
        }
        return new EventCatalog(types);
    }

    private static void readRoot(
            YamlNode root,
            SortedMap<String, SortedMap<String, PropertyType>> types,
            Problems problems) {
        SchemaCheck.check(root, "events", problems);
        YamlNode events = root.get("events");
        if (events != null) {
            readTypes(events, types);
        }
    }

    private static void readTypes(
            YamlNode events, SortedMap<String, SortedMap<String, PropertyType>> types) {
        events.entries()
                .forEach(
                        (name, event) -> {
                            YamlNode properties = event.get("properties");
                            types.put(
                                    name,
                                    properties == null ? new TreeMap<>() : readFields(properties));
                        });
    }

    private static SortedMap<String, PropertyType> readFields(YamlNode node) {
        TreeMap<String, PropertyType> fields = new TreeMap<>();
        node.entries()
                .forEach(
                        (name, type) -> {
                            PropertyType read = readType(type);
                            if (read != null) {
                                fields.put(name, read);
                            }
                        });
        return fields;
    }

    /** Null for what the schema has reported. */
    private static @Nullable PropertyType readType(YamlNode node) {
        if (node.isMapping()) {
            return new PropertyType.ObjectOf(readFields(node));
        }
        if (node.isSequence() && node.items().size() == 1) {
            PropertyType element = readType(node.items().get(0));
            return element == null ? null : new PropertyType.ListOf(element);
        }
        for (PropertyType.Scalar scalar : PropertyType.Scalar.values()) {
            if (scalar.name().toLowerCase(Locale.ROOT).equals(node.text())) {
                return scalar;
            }
        }
        return null;
    }

    public boolean knows(String eventType) {
        return types.containsKey(eventType);
    }

    /** Declared properties by name; empty if the type is unknown. */
    public Optional<SortedMap<String, PropertyType>> properties(String eventType) {
        return Optional.ofNullable(types.get(eventType));
    }

    /** All event types, sorted. */
    public SortedMap<String, SortedMap<String, PropertyType>> types() {
        return types;
    }
}
