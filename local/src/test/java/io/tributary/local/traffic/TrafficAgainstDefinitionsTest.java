package io.tributary.local.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.definition.Definitions;
import io.tributary.definition.Problems;
import io.tributary.event.CustomerEvent;
import io.tributary.event.EventCatalog;
import io.tributary.ingest.Decoder;
import io.tributary.ingest.IdentifierSecret;
import io.tributary.ingest.Ingested;
import io.tributary.ingest.RawRecord;
import io.tributary.ingest.Sources;
import io.tributary.local.traffic.Traffic.Occurrence;
import io.tributary.local.traffic.Traffic.Settings;
import io.tributary.local.traffic.Traffic.Truth;
import io.tributary.pattern.CompiledPattern;
import io.tributary.pattern.Match;
import io.tributary.pattern.PatternLibrary;
import io.tributary.pattern.Replay;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Generated traffic and the definitions that come with Tributary speak one language. */
class TrafficAgainstDefinitionsTest {

    private static final long START = 1_772_323_200_000L; // 2026-03-01T00:00:00.000Z

    private final Definitions definitions = Definitions.read(Path.of("../definitions"));
    private final Problems problems = new Problems();
    private final List<Script> scripts = ScriptReader.builtIn();

    private static Settings settings(long seed, int customers, int events) {
        return new Settings(customers, events, seed, START, 7, 0.2);
    }

    private List<Ingested> decoded(Settings settings, Traffic traffic) {
        Sources sources =
                Sources.compile(
                        definitions,
                        IdentifierSecret.publishedTestKey(),
                        Duration.ofDays(30),
                        problems);
        assertThat(problems.sorted()).isEmpty();
        Decoder decoder = sources.decoderForFiles();
        EventWriter writer = new EventWriter(settings.seed());
        List<Ingested> decoded = new ArrayList<>();
        for (Occurrence occurrence : traffic.occurrences()) {
            decoded.addAll(decoder.decode(RawRecord.line("f", 1, writer.write(occurrence))));
        }
        return decoded;
    }

    @Test
    void everyTypeAndPropertyIsDeclared() {
        Settings settings = settings(4, 200, 4_000);
        Traffic traffic = TrafficPlanner.plan(settings, scripts);

        List<Ingested> decoded = decoded(settings, traffic);

        assertThat(decoded)
                .hasSameSizeAs(traffic.occurrences())
                .allMatch(Ingested::isAccepted)
                .noneMatch(Ingested::unknownType)
                .allMatch(ingested -> ingested.droppedProperties().isEmpty());
        for (int i = 0; i < decoded.size(); i++) {
            Set<String> kept = new HashSet<>();
            decoded.get(i).event().properties().fieldNames().forEachRemaining(kept::add);
            assertThat(kept).containsAll(traffic.occurrences().get(i).step().properties().keySet());
        }
    }

    @Test
    void timeAndChannelAreReadAsTheyHappened() {
        Settings settings = settings(4, 200, 4_000);
        Traffic traffic = TrafficPlanner.plan(settings, scripts);

        List<Ingested> decoded = decoded(settings, traffic);

        for (int i = 0; i < decoded.size(); i++) {
            CustomerEvent event = decoded.get(i).event();
            Occurrence occurrence = traffic.occurrences().get(i);
            assertThat(event.time()).isEqualTo(occurrence.time());
            assertThat(event.channel()).isEqualTo(occurrence.step().channel());
        }
    }

    @Test
    void everyDefinitionIsPlantedAndNarrowlyMissed() {
        TreeSet<String> planted = new TreeSet<>();
        TreeSet<String> missed = new TreeSet<>();
        for (Script script : scripts) {
            script.pains().forEach(pain -> planted.add(pain.pattern()));
            missed.addAll(script.misses());
        }

        try (PatternLibrary library = library()) {
            List<String> ids = library.patterns().stream().map(p -> p.definition().id()).toList();
            assertThat(ids).hasSizeGreaterThanOrEqualTo(14);
            assertThat(planted).containsExactlyInAnyOrderElementsOf(ids);
            assertThat(missed).containsExactlyInAnyOrderElementsOf(ids);
        }
    }

    /** With what visitors did before they logged in counted as theirs, and without. */
    @ParameterizedTest(name = "seed {0}, anonymous visits joined: {1}")
    @CsvSource({"4, false", "4, true", "5, true", "6, true", "7, true"})
    void theDefinitionsFindWhatWasPlantedAndNothingElse(long seed, boolean joined) {
        Settings settings = settings(seed, 500, 10_000);
        Traffic traffic = TrafficPlanner.plan(settings, scripts);
        Map<String, List<CustomerEvent>> logs = logs(settings, traffic, joined);
        long end = settings.start() + settings.span();
        List<Truth> found = new ArrayList<>();
        TreeSet<String> open = new TreeSet<>();
        try (PatternLibrary library = library()) {
            for (CompiledPattern pattern : library.patterns()) {
                logs.forEach(
                        (customer, log) -> {
                            Replay replay = pattern.replay(log, end);
                            replay.matches().forEach(m -> found.add(truth(customer, m)));
                            replay.open().forEach(m -> open.add(truth(customer, m).toString()));
                        });
                assertThat(pattern.cost().conditionFailures())
                        .as(pattern.definition().id())
                        .isZero();
            }
        }

        assertThat(found).containsExactlyInAnyOrderElementsOf(traffic.truths());
        assertThat(open).isEmpty();
        assertThat(traffic.truths()).hasSizeGreaterThan(150);
    }

    private PatternLibrary library() {
        EventCatalog catalog = EventCatalog.read(definitions, problems);
        PatternLibrary library = PatternLibrary.compile(definitions, catalog, problems);
        assertThat(problems.sorted()).isEmpty();
        return library;
    }

    private static Truth truth(String customer, Match match) {
        return new Truth(match.pattern(), customer, match.detectedAt());
    }

    /** Events by customer, sorted. */
    private Map<String, List<CustomerEvent>> logs(
            Settings settings, Traffic traffic, boolean joined) {
        List<Ingested> decoded = decoded(settings, traffic);
        Map<String, List<CustomerEvent>> logs = new TreeMap<>();
        for (int i = 0; i < decoded.size(); i++) {
            Occurrence occurrence = traffic.occurrences().get(i);
            if (joined || occurrence.step().as() == Script.As.USER) {
                logs.computeIfAbsent(
                                occurrence.session().person().userId(), id -> new ArrayList<>())
                        .add(decoded.get(i).event());
            }
        }
        logs.values().forEach(log -> log.sort(CustomerEvent.BY_TIME_THEN_ID));
        return logs;
    }
}
