package io.tributary.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.definition.Definitions;
import io.tributary.definition.Problems;
import io.tributary.definition.SchemaCheck;
import io.tributary.definition.YamlJson;
import io.tributary.definition.YamlNode;
import io.tributary.event.CanonicalJson;
import io.tributary.event.CustomerEvent;
import io.tributary.event.EventCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs {@code definitions/patterns/tests} on the definitions that are shipped. */
class ScenarioTest {

    private static final Path FOLDER = Path.of("../definitions");
    private static final long END = Log.time("60d");

    /**
     * @param at offset from the start
     */
    private record Finding(String pattern, long at, Map<String, List<String>> events) {}

    static Stream<Arguments> scenarios() throws IOException {
        List<Arguments> scenarios = new ArrayList<>();
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
                    scenarios.add(Arguments.of(name, events(scenario), finds(scenario)));
                }
            }
        }
        return scenarios.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("scenarios")
    void theScenarioFindsWhatItSays(String name, List<CustomerEvent> events, List<Finding> finds) {
        try (PatternLibrary library = library()) {
            assertThat(found(library, sorted(events), END)).as(name).isEqualTo(finds);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("scenarios")
    void anyOrderOfArrivalEndsWithTheSameFindings(
            String name, List<CustomerEvent> events, List<Finding> finds) {
        try (PatternLibrary library = library()) {
            for (int seed = 0; seed < 5; seed++) {
                List<CustomerEvent> arriving = new ArrayList<>(events);
                Collections.shuffle(arriving, new Random(seed));
                TreeSet<CustomerEvent> log = new TreeSet<>(CustomerEvent.BY_TIME_THEN_ID);
                TreeSet<Finding> asserted = new TreeSet<>(ORDER);
                long advanced = Log.START;
                for (CustomerEvent event : arriving) {
                    log.add(event);
                    advanced = Math.max(advanced, event.time());
                    asserted.clear();
                    asserted.addAll(found(library, List.copyOf(log), advanced));
                }
                asserted.clear();
                asserted.addAll(found(library, List.copyOf(log), END));
                assertThat(asserted)
                        .as(name + ", shuffle " + seed)
                        .containsExactlyElementsOf(finds);
            }
        }
    }

    private static PatternLibrary library() {
        Definitions definitions = Definitions.read(FOLDER);
        Problems problems = new Problems();
        EventCatalog catalog = EventCatalog.read(definitions, problems);
        PatternLibrary library = PatternLibrary.compile(definitions, catalog, problems);
        problems.throwIfAny();
        return library;
    }

    private static final Comparator<Finding> ORDER =
            Comparator.comparingLong(Finding::at)
                    .thenComparing(Finding::pattern)
                    .thenComparing(finding -> finding.events().toString());

    private static List<Finding> found(
            PatternLibrary library, List<CustomerEvent> log, long advancedTo) {
        return library.patterns().stream()
                .flatMap(pattern -> pattern.replay(log, advancedTo).matches().stream())
                .map(ScenarioTest::finding)
                .sorted(ORDER)
                .toList();
    }

    /** Steps by name: what a match holds does not depend on the order of its steps. */
    private static Finding finding(Match match) {
        return new Finding(
                match.pattern(), match.detectedAt() - Log.START, new TreeMap<>(match.events()));
    }

    private static List<CustomerEvent> sorted(List<CustomerEvent> events) {
        return events.stream().sorted(CustomerEvent.BY_TIME_THEN_ID).toList();
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
        return finds;
    }
}
