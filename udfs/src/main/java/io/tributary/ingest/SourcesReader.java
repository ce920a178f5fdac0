package io.tributary.ingest;

import io.tributary.definition.Definitions;
import io.tributary.definition.Problem;
import io.tributary.definition.Problems;
import io.tributary.definition.SchemaCheck;
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
import org.jspecify.annotations.Nullable;

/** Reads {@code sources.yaml}; what cannot be read is left out and named in the problems. */
final class SourcesReader {

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
        SchemaCheck.check(root, "sources", problems);
        new YamlFields(root)
                .get("sources")
                .ifPresent(list -> list.items().forEach(this::readSource));
    }

    private void readSource(YamlNode node) {
        YamlFields fields = new YamlFields(node);
        Optional<String> name = fields.text("name").filter(n -> nameIsFree(fields, n));
        Optional<Mode> mode = fields.oneOf("mode", Mode.class);
        Format format = fields.oneOf("format", Format.class).orElse(Format.AUTO);
        Optional<String> channel = fields.text("channel").filter(Channel::isChannel);
        List<String> topics = topics(fields, fields.text("name").orElse(""));
        JsonMapping mapping = fields.get("mapping").flatMap(mappings::read).orElse(null);
        checkFormat(fields, format);
        boolean unreadable = format == Format.JSON && mapping == null;
        if (unreadable || name.isEmpty() || mode.isEmpty() || channel.isEmpty()) {
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
                        fields.get("types").map(this::types).orElseGet(Map::of),
                        mapping));
    }

    private boolean nameIsFree(YamlFields fields, String name) {
        boolean taken = read.containsKey(name);
        if (taken) {
            problems.add(fields.place("name"), "source '" + name + "' is declared twice");
        }
        return !taken;
    }

    private List<String> topics(YamlFields fields, String source) {
        boolean files = source.equals(SourceConfig.FILES);
        if (files == fields.node().has("topics")) {
            problems.add(
                    fields.place("topics"),
                    files ? "the source 'files' has no topics" : "missing key 'topics'");
        }
        List<String> topics = new ArrayList<>();
        for (YamlNode at : files ? List.<YamlNode>of() : fields.scalars("topics")) {
            String owner = topicOwners.putIfAbsent(at.text(), source);
            if (owner == null) {
                topics.add(at.text());
            } else {
                problems.add(at, "topic '" + at.text() + "' already belongs to '" + owner + "'");
            }
        }
        return topics;
    }

    private void checkFormat(YamlFields fields, Format format) {
        YamlNode mapping = fields.node().keyNode("mapping");
        if (format == Format.JSON && mapping == null) {
            problems.add(fields.place("format"), "the format json needs a 'mapping'");
        }
        boolean unread = format == Format.SEGMENT || format == Format.CLOUDEVENTS;
        if (unread && mapping != null) {
            problems.add(mapping, "only the formats json and auto read a 'mapping'");
        }
    }

    /** The source's own names to event types, which the catalogue has to know. */
    private Map<String, String> types(YamlNode types) {
        Map<String, String> words = words(types);
        types.entries()
                .forEach((word, type) -> checkType(type, words.get(word), catalog, problems));
        return words;
    }

    static void checkType(
            YamlNode at, @Nullable String type, EventCatalog catalog, Problems problems) {
        if (type != null && !catalog.knows(type)) {
            problems.add(at, "unknown event type '" + type + "'; events.yaml does not list it");
        }
    }

    static Map<String, String> words(YamlNode mapping) {
        Map<String, String> words = new LinkedHashMap<>();
        YamlFields fields = new YamlFields(mapping);
        mapping.entries()
                .keySet()
                .forEach(word -> fields.text(word).ifPresent(to -> words.put(word, to)));
        return words;
    }
}
