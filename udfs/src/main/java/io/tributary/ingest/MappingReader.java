package io.tributary.ingest;

import com.fasterxml.jackson.core.JsonPointer;
import io.tributary.definition.Problems;
import io.tributary.definition.YamlNode;
import io.tributary.event.Channel;
import io.tributary.event.EventCatalog;
import io.tributary.event.Namespaces;
import io.tributary.event.YamlFields;
import io.tributary.ingest.JsonMapping.Choice;
import io.tributary.ingest.JsonMapping.TimeFormat;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Reads the {@code mapping} of one source. */
final class MappingReader {

    private final EventCatalog catalog;
    private final Namespaces namespaces;
    private final Problems problems;

    MappingReader(EventCatalog catalog, Namespaces namespaces, Problems problems) {
        this.catalog = catalog;
        this.namespaces = namespaces;
        this.problems = problems;
    }

    Optional<JsonMapping> read(YamlNode node) {
        YamlFields fields = new YamlFields(node);
        Choice type = fields.get("type").map(this::typeChoice).orElse(null);
        Choice channel = fields.get("channel").map(this::channelChoice).orElse(null);
        Optional<YamlFields> time = fields.get("time").map(YamlFields::new);
        if (type == null) {
            return Optional.empty();
        }
        return Optional.of(
                new JsonMapping(
                        pointer(fields.node().get("id")),
                        type,
                        time.map(at -> pointer(at.node().get("field"))).orElse(null),
                        time.flatMap(at -> at.oneOf("format", TimeFormat.class))
                                .orElse(TimeFormat.ISO),
                        channel,
                        identifiers(fields),
                        properties(fields, type)));
    }

    private @Nullable Choice typeChoice(YamlNode at) {
        Choice choice = choice(at);
        if (choice != null) {
            checkTypes(at, choice);
        }
        return choice;
    }

    private @Nullable Choice channelChoice(YamlNode at) {
        Choice choice = choice(at);
        if (choice != null) {
            checkChannel(at, choice.fixed());
            eachValue(at, this::checkChannel);
        }
        return choice;
    }

    /** A word, or {@code {field: /pointer, values: {…}}}; null for what the schema reported. */
    private static @Nullable Choice choice(YamlNode node) {
        if (node.isScalar()) {
            return new Choice(node.text(), null, Map.of());
        }
        JsonPointer field = pointer(node.get("field"));
        YamlNode values = node.get("values");
        return field == null
                ? null
                : new Choice(null, field, values == null ? Map.of() : SourcesReader.words(values));
    }

    /** Null for what the schema has reported. */
    private static @Nullable JsonPointer pointer(@Nullable YamlNode at) {
        return at != null && at.isScalar() && at.text().startsWith("/")
                ? JsonPointer.compile(at.text())
                : null;
    }

    private void checkTypes(YamlNode at, Choice choice) {
        SourcesReader.checkType(at, choice.fixed(), catalog, problems);
        eachValue(at, (node, type) -> SourcesReader.checkType(node, type, catalog, problems));
    }

    private void checkChannel(YamlNode at, @Nullable String word) {
        if (word != null && !Channel.isChannel(word)) {
            problems.add(
                    at,
                    "unknown channel '"
                            + word
                            + "'; it is one of "
                            + String.join(", ", Channel.NAMES));
        }
    }

    private static void eachValue(YamlNode choice, BiConsumer<YamlNode, String> check) {
        YamlNode values = choice.get("values");
        if (values != null) {
            values.entries().values().stream()
                    .filter(YamlNode::isScalar)
                    .forEach(value -> check.accept(value, value.text()));
        }
    }

    private Map<String, List<JsonPointer>> identifiers(YamlFields fields) {
        Map<String, List<JsonPointer>> identifiers = new LinkedHashMap<>();
        YamlNode at = fields.place("identifiers");
        if (at == fields.node()) {
            return identifiers;
        }
        for (YamlNode key : at.keys()) {
            if (namespaces.named(key.text()).isEmpty()) {
                problems.add(key, "unknown namespace '" + key.text() + "'; identity.yaml has none");
            }
            List<JsonPointer> pointers = new ArrayList<>();
            for (YamlNode field : new YamlFields(at).scalars(key.text())) {
                JsonPointer pointer = pointer(field);
                if (pointer != null) {
                    pointers.add(pointer);
                }
            }
            identifiers.put(key.text(), pointers);
        }
        return identifiers;
    }

    private Map<String, JsonPointer> properties(YamlFields fields, Choice type) {
        Map<String, JsonPointer> properties = new LinkedHashMap<>();
        Optional<YamlNode> at = fields.get("properties");
        if (at.isPresent()) {
            at.get()
                    .entries()
                    .forEach(
                            (name, field) -> {
                                JsonPointer pointer = pointer(field);
                                if (pointer != null) {
                                    properties.put(name, pointer);
                                }
                            });
            checkDeclared(at.get(), type);
        }
        return properties;
    }

    /** A mapped property has to be declared by one of the types the mapping can yield. */
    private void checkDeclared(YamlNode properties, Choice type) {
        String fixed = type.fixed();
        for (YamlNode key : properties.keys()) {
            boolean declared =
                    fixed == null
                            ? catalog.types().values().stream()
                                    .anyMatch(all -> all.containsKey(key.text()))
                            : catalog.properties(fixed)
                                    .map(all -> all.containsKey(key.text()))
                                    .orElse(true);
            if (!declared) {
                problems.add(
                        key,
                        "property '"
                                + key.text()
                                + "' is not declared in events.yaml"
                                + (fixed == null ? "" : " for '" + fixed + "'"));
            }
        }
    }
}
