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
import java.util.Set;
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
        YamlFields fields =
                new YamlFields(
                        node,
                        Set.of("id", "type", "time", "channel", "identifiers", "properties"),
                        problems);
        Optional<Choice> type = fields.required("type").flatMap(this::choice);
        fields.get("type").ifPresent(at -> type.ifPresent(choice -> checkTypes(at, choice)));
        Optional<Choice> channel = fields.get("channel").flatMap(this::choice);
        fields.get("channel").ifPresent(at -> channel.ifPresent(c -> checkChannels(at, c)));
        JsonPointer id = pointer(fields, "id").orElse(null);
        Map<String, List<JsonPointer>> identifiers = identifiers(fields);
        Map<String, JsonPointer> properties = properties(fields, type.orElse(null));
        Optional<YamlFields> time =
                fields.get("time")
                        .map(at -> new YamlFields(at, Set.of("field", "format"), problems));
        JsonPointer timeField =
                time.flatMap(at -> at.required("field"))
                        .map(at -> SourcesReader.pointer(at, problems))
                        .orElse(null);
        TimeFormat timeFormat =
                time.flatMap(at -> at.oneOf("format", TimeFormat.class)).orElse(TimeFormat.ISO);
        return type.map(
                known ->
                        new JsonMapping(
                                id,
                                known,
                                timeField,
                                timeFormat,
                                channel.orElse(null),
                                identifiers,
                                properties));
    }

    /** A word, or {@code {field: /pointer, values: {…}}}. */
    private Optional<Choice> choice(YamlNode node) {
        if (node.isScalar()) {
            return Optional.of(new Choice(node.text(), null, Map.of()));
        }
        YamlFields fields = new YamlFields(node, Set.of("field", "values"), problems);
        Map<String, String> values =
                fields.get("values")
                        .map(at -> SourcesReader.words(at, problems))
                        .orElseGet(Map::of);
        return fields.required("field")
                .map(at -> SourcesReader.pointer(at, problems))
                .map(field -> new Choice(null, field, values));
    }

    private void checkTypes(YamlNode at, Choice choice) {
        SourcesReader.checkType(at, choice.fixed(), catalog, problems);
        eachValue(at, (node, type) -> SourcesReader.checkType(node, type, catalog, problems));
    }

    private void checkChannels(YamlNode at, Choice choice) {
        checkChannel(at, choice.fixed());
        eachValue(at, this::checkChannel);
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

    private Optional<JsonPointer> pointer(YamlFields fields, String key) {
        return fields.get(key).map(at -> SourcesReader.pointer(at, problems));
    }

    private Map<String, List<JsonPointer>> identifiers(YamlFields fields) {
        Map<String, List<JsonPointer>> identifiers = new LinkedHashMap<>();
        Optional<YamlNode> at = fields.required("identifiers");
        if (at.isEmpty()) {
            return identifiers;
        }
        YamlFields byNamespace = new YamlFields(at.get(), Set.of(), problems);
        for (YamlNode key : at.get().keys()) {
            if (namespaces.named(key.text()).isEmpty()) {
                problems.add(key, "unknown namespace '" + key.text() + "'; identity.yaml has none");
            }
            List<JsonPointer> pointers = new ArrayList<>();
            for (YamlNode field : byNamespace.scalars(key.text())) {
                JsonPointer pointer = SourcesReader.pointer(field, problems);
                if (pointer != null) {
                    pointers.add(pointer);
                }
            }
            identifiers.put(key.text(), pointers);
        }
        return identifiers;
    }

    private Map<String, JsonPointer> properties(YamlFields fields, @Nullable Choice type) {
        Map<String, JsonPointer> properties = new LinkedHashMap<>();
        Optional<YamlNode> at = fields.get("properties");
        if (at.isEmpty()) {
            return properties;
        }
        new YamlFields(at.get(), Set.of(), problems);
        at.get()
                .entries()
                .forEach(
                        (name, field) -> {
                            JsonPointer pointer = SourcesReader.pointer(field, problems);
                            if (pointer != null) {
                                properties.put(name, pointer);
                            }
                        });
        checkDeclared(at.get(), type);
        return properties;
    }

    /** A mapped property has to be declared by one of the types the mapping can yield. */
    private void checkDeclared(YamlNode properties, @Nullable Choice type) {
        String fixed = type == null ? null : type.fixed();
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
