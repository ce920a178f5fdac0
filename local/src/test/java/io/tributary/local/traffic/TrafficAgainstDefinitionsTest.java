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
import io.tributary.pattern.PatternLibrary;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Generated traffic and the definitions that come with Tributary speak one language. */
class TrafficAgainstDefinitionsTest {

    private static final Settings SETTINGS = new Settings(150, 3_000, 4, 1_772_323_200_000L, 7, 0);

    private final Definitions definitions = Definitions.read(Path.of("../definitions"));
    private final Problems problems = new Problems();
    private final Traffic traffic = TrafficPlanner.plan(SETTINGS, ScriptReader.builtIn());

    private List<Ingested> decoded() {
        Sources sources =
                Sources.compile(
                        definitions,
                        IdentifierSecret.publishedTestKey(),
                        Duration.ofDays(30),
                        problems);
        assertThat(problems.sorted()).isEmpty();
        Decoder decoder = sources.decoderForFiles();
        EventWriter writer = new EventWriter(SETTINGS.seed());
        List<Ingested> decoded = new ArrayList<>();
        for (Occurrence occurrence : traffic.occurrences()) {
            decoded.addAll(decoder.decode(RawRecord.line("f", 1, writer.write(occurrence))));
        }
        return decoded;
    }

    @Test
    void everyTypeAndPropertyIsDeclared() {
        List<Ingested> decoded = decoded();

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
        List<Ingested> decoded = decoded();

        for (int i = 0; i < decoded.size(); i++) {
            CustomerEvent event = decoded.get(i).event();
            Occurrence occurrence = traffic.occurrences().get(i);
            assertThat(event.time()).isEqualTo(occurrence.time());
            assertThat(event.channel()).isEqualTo(occurrence.step().channel());
        }
    }

    @Test
    void theDefinitionsFindWhatWasPlantedAndNothingElse() {
        List<Ingested> decoded = decoded();
        Map<String, List<CustomerEvent>> logs = new TreeMap<>();
        for (int i = 0; i < decoded.size(); i++) {
            Occurrence occurrence = traffic.occurrences().get(i);
            if (occurrence.step().as() == Script.As.USER) {
                logs.computeIfAbsent(
                                occurrence.session().person().userId(), id -> new ArrayList<>())
                        .add(decoded.get(i).event());
            }
        }
        long end = SETTINGS.start() + SETTINGS.span();
        List<Truth> found = new ArrayList<>();
        EventCatalog catalog = EventCatalog.read(definitions, problems);
        try (PatternLibrary library = PatternLibrary.compile(definitions, catalog, problems)) {
            assertThat(problems.sorted()).isEmpty();
            for (CompiledPattern pattern : library.patterns()) {
                logs.forEach(
                        (customer, log) -> {
                            log.sort(CustomerEvent.BY_TIME_THEN_ID);
                            pattern.replay(log, end)
                                    .matches()
                                    .forEach(
                                            match ->
                                                    found.add(
                                                            new Truth(
                                                                    match.pattern(),
                                                                    customer,
                                                                    match.detectedAt())));
                        });
            }
        }

        assertThat(found).containsExactlyInAnyOrderElementsOf(traffic.truths());
        assertThat(traffic.truths()).hasSizeGreaterThan(30);
    }
}
