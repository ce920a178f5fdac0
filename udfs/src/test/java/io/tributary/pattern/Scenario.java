package io.tributary.pattern;

import io.tributary.definition.Definitions;
import io.tributary.definition.Problems;
import io.tributary.definition.SchemaCheck;
import io.tributary.definition.YamlJson;
import io.tributary.definition.YamlNode;
import io.tributary.event.CanonicalJson;
import io.tributary.event.CustomerEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * One scenario of {@code definitions/patterns/tests}.
 *
 * @param events in the order of the file
 * @param finds every pain point that they must give
 */
public record Scenario(String name, List<CustomerEvent> events, List<Finding> finds) {

    private static final Path FOLDER = Path.of("../definitions");

    /** By then every absence of every scenario is decided. */
    public static final long END = Log.time("60d");

    /**
     * @param at milliseconds from the scenario's start
     * @param events step name to event ids
     */
    public record Finding(String pattern, long at, Map<String, List<String>> events) {

        public static final Comparator<Finding> ORDER =
                Comparator.comparingLong(Finding::at)
                        .thenComparing(Finding::pattern)
                        .thenComparing(finding -> finding.events().toString());

        /** Steps by name: what a match holds does not depend on the order of its steps. */
        public static Finding of(Match match) {
            return new Finding(
                    match.pattern(), match.detectedAt() - Log.START, new TreeMap<>(match.events()));
        }
    }

    /** The definitions that are shipped. */
    public static Definitions definitions() {
        return Definitions.read(FOLDER);
    }

    public static List<Scenario> all() throws IOException {
        List<Scenario> scenarios = new ArrayList<>();
        try (Stream<Path> files = Files.list(FOLDER.resolve("patterns/tests"))) {
            for (Path file : files.sorted().toList()) {
                Problems problems = new Problems();
                YamlNode root =
                        YamlNode.parse(file.toString(), Files.readString(file), problems)
                                .orElseThrow();
                SchemaCheck.check(root, "pattern-test", problems);
                problems.throwIfAny();
                for (YamlNode scenario : root.get("scenarios").items()) {
                    String name = file.getFileName() + ": " + scenario.get("name").text();
                    scenarios.add(new Scenario(name, events(scenario), finds(scenario)));
                }
            }
        }
        return scenarios;
    }

    private static List<CustomerEvent> events(YamlNode scenario) {
        List<CustomerEvent> events = new ArrayList<>();
        for (YamlNode node : scenario.get("events").items()) {
            YamlNode id = node.get("id");
            YamlNode properties = node.get("properties");
            long time = Log.time(node.get("at").text());
            events.add(
                    new CustomerEvent(
                            id == null ? String.valueOf(events.size() + 1) : id.text(),
                            node.get("type").text(),
                            time,
                            time,
                            time,
                            "web",
                            "shop",
                            List.of(),
                            CanonicalJson.bytes(
                                    properties == null
                                            ? CanonicalJson.object()
                                            : YamlJson.toJson(properties))));
        }
        return events;
    }

    private static List<Finding> finds(YamlNode scenario) {
        List<Finding> finds = new ArrayList<>();
        for (YamlNode node : scenario.get("finds").items()) {
            Map<String, List<String>> events = new TreeMap<>();
            node.get("events")
                    .entries()
                    .forEach(
                            (step, ids) ->
                                    events.put(
                                            step,
                                            ids.items().stream().map(YamlNode::text).toList()));
            long at = Log.time(node.get("at").text()) - Log.START;
            finds.add(new Finding(node.get("pattern").text(), at, events));
        }
        finds.sort(Finding.ORDER);
        return finds;
    }

    @Override
    public String toString() {
        return name;
    }
}
