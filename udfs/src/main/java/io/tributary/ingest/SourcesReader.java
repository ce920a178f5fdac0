package io.tributary.ingest;

import com.fasterxml.jackson.core.JsonPointer;
import io.tributary.definition.Definitions;
import io.tributary.definition.Problem;
import io.tributary.definition.Problems;
import io.tributary.definition.YamlNode;
import io.tributary.event.Channel;
import io.tributary.event.EventCatalog;
import io.tributary.event.Namespaces;
import io.tributary.event.YamlFields;
import io.tributary.ingest.SourceConfig.Format;
import io.tributary.ingest.SourceConfig.Mode;
import io.tributary.ingest.SourceConfig.UnknownTypes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code sources.yaml}; what cannot be read is left out and named in the problems. */
final class SourcesReader {

    /** Kafka's legal topic names. */
    private static final String TOPIC = "[a-zA-Z0-9._-]{1,249}";

    private static final Set<String> KEYS =
            Set.of(
                    "name",
                    "mode",
                    "format",
                    "channel",
                    "topics",
                    "maxBytes",
                    "unknownTypes",
                    "types",
                    "mapping");

    private final EventCatalog catalog;
    private final Problems problems;
    private final MappingReader mappings;
    private final Map<String, String> topicOwners = new HashMap<>();
    private final Map<String, SourceConfig> read = new LinkedHashMap<>();

    private SourcesReader(EventCatalog catalog, Namespaces namespaces, Problems problems) {
        this.catalog = catalog;
        this.problems = problems;
        this.mappings = new MappingReader(catalog, namespaces, problems);
    }

    static List<SourceConfig> read(
            Definitions definitions,
            EventCatalog catalog,
            Namespaces namespaces,
            Problems problems) {
        Definitions.SourceFile file = definitions.file(Definitions.SOURCES);
        if (file == null) {
            problems.add(new Problem(Definitions.SOURCES, 1, 1, "the file is missing"));
            return List.of();
        }
        SourcesReader reader = new SourcesReader(catalog, namespaces, problems);
        YamlNode.parse(file.path(), file.text(), problems).ifPresent(reader::readAll);
        return List.copyOf(reader.read.values());
    }

    private void readAll(YamlNode root) {
        YamlFields fields = new YamlFields(root, Set.of("sources"), problems);
        fields.required("sources")
                .ifPresent(
                        list -> {
                            if (list.items().isEmpty()) {
                                problems.add(list, "a list of at least one source is expected");
                            }
                            list.items().forEach(this::readSource);
                        });
    }

    private void readSource(YamlNode node) {
        YamlFields fields = new YamlFields(node, KEYS, problems);
        Optional<String> name = fields.requiredText("name").filter(n -> nameIsFree(fields, n));
        fields.required("mode");
        Optional<Mode> mode = fields.oneOf("mode", Mode.class);
        Format format = fields.oneOf("format", Format.class).orElse(Format.AUTO);
        Optional<String> channel = channel(fields);
        List<String> topics = topics(fields, name.orElse(""));
        JsonMapping mapping = fields.get("mapping").flatMap(at -> mappings.read(at)).orElse(null);
        checkFormat(fields, format);
        if (name.isEmpty() || mode.isEmpty() || channel.isEmpty()) {
            return;
        }
        if (format == Format.JSON && mapping == null) {
            return;
        }
        read.put(
                name.get(),
                new SourceConfig(
                        name.get(),
                        mode.get(),
                        format,
                        channel.get(),
                        topics,
                        fields.positiveInteger("maxBytes").orElse(SourceConfig.DEFAULT_MAX_BYTES),
                        fields.oneOf("unknownTypes", UnknownTypes.class)
                                .orElse(UnknownTypes.ACCEPT),
                        types(fields),
                        mapping));
    }

    private boolean nameIsFree(YamlFields fields, String name) {
        YamlNode at = fields.required("name").orElseThrow();
        if (!name.matches("[a-z][a-z0-9-]{0,49}")) {
            problems.add(at, "'" + name + "' must be lower case letters, digits and hyphens");
            return false;
        }
        if (read.containsKey(name)) {
            problems.add(at, "source '" + name + "' is declared twice");
            return false;
        }
        return true;
    }

    private Optional<String> channel(YamlFields fields) {
        Optional<String> channel = fields.requiredText("channel");
        if (channel.isPresent() && !Channel.isChannel(channel.get())) {
            problems.add(
                    fields.required("channel").orElseThrow(),
                    "unknown channel '"
                            + channel.get()
                            + "'; it is one of "
                            + String.join(", ", Channel.NAMES));
            return Optional.empty();
        }
        return channel;
    }

    private List<String> topics(YamlFields fields, String source) {
        boolean files = source.equals(SourceConfig.FILES);
        if (files) {
            fields.get("topics")
                    .ifPresent(at -> problems.add(at, "the source 'files' has no topics"));
            return List.of();
        }
        fields.required("topics");
        List<String> topics = new ArrayList<>();
        for (YamlNode at : fields.scalars("topics")) {
            String topic = at.text();
            String owner = topicOwners.putIfAbsent(topic, source);
            if (owner != null) {
                problems.add(at, "topic '" + topic + "' already belongs to '" + owner + "'");
            } else if (!topic.matches(TOPIC)) {
                problems.add(at, "'" + topic + "' is no Kafka topic name");
            } else {
                topics.add(topic);
            }
        }
        fields.get("topics")
                .filter(at -> at.isSequence() && at.items().isEmpty())
                .ifPresent(at -> problems.add(at, "at least one topic is expected"));
        return topics;
    }

    private void checkFormat(YamlFields fields, Format format) {
        if (format == Format.JSON && fields.get("mapping").isEmpty()) {
            problems.add(fields.node(), "the format json needs a 'mapping'");
        }
        boolean unread = format == Format.SEGMENT || format == Format.CLOUDEVENTS;
        if (unread && fields.node().has("mapping")) {
            problems.add(
                    keyOf(fields.node(), "mapping"),
                    "only the formats json and auto read a 'mapping'");
        }
    }

    private static YamlNode keyOf(YamlNode node, String key) {
        YamlNode at = node.keyNode(key);
        return at == null ? node : at;
    }

    private Map<String, String> types(YamlFields fields) {
        Optional<YamlNode> types = fields.get("types");
        return types.isEmpty() ? Map.of() : typeNames(types.get(), catalog, problems);
    }

    /** A mapping of any words to event types that the catalogue knows. */
    static Map<String, String> typeNames(
            YamlNode mapping, EventCatalog catalog, Problems problems) {
        Map<String, String> words = words(mapping, problems);
        mapping.entries()
                .forEach((word, type) -> checkType(type, words.get(word), catalog, problems));
        return words;
    }

    static void checkType(
            YamlNode at, @Nullable String type, EventCatalog catalog, Problems problems) {
        if (type != null && !catalog.knows(type)) {
            problems.add(at, "unknown event type '" + type + "'; events.yaml does not list it");
        }
    }

    static Map<String, String> words(YamlNode mapping, Problems problems) {
        Map<String, String> words = new LinkedHashMap<>();
        YamlFields fields = new YamlFields(mapping, Set.of(), problems);
        mapping.entries()
                .keySet()
                .forEach(word -> fields.requiredText(word).ifPresent(to -> words.put(word, to)));
        return words;
    }

    /** A JSON Pointer; null, with a problem, if it is none. */
    static @Nullable JsonPointer pointer(YamlNode at, Problems problems) {
        String text = at.text();
        try {
            if (at.isScalar() && text.startsWith("/")) {
                return JsonPointer.compile(text);
            }
        } catch (IllegalArgumentException e) {
            // reported below
        }
        problems.add(at, "'" + text + "' is no JSON Pointer such as /call/id");
        return null;
    }
}
