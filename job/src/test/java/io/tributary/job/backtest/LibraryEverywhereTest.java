package io.tributary.job.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.definition.Definitions;
import io.tributary.definition.Problems;
import io.tributary.event.CanonicalJson;
import io.tributary.event.CustomerEvent;
import io.tributary.event.EventCatalog;
import io.tributary.event.Namespaces;
import io.tributary.identity.TopIdentifier;
import io.tributary.ingest.Decoder;
import io.tributary.ingest.RawRecord;
import io.tributary.pattern.CompiledPattern;
import io.tributary.pattern.PatternLibrary;
import io.tributary.pattern.StockFlinkCep;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The definitions that are shipped, on generated traffic, some of it out of order. */
class LibraryEverywhereTest {

    private static final Path TRAFFIC = Path.of("..", "sample-data", "traffic", "events.ndjson");

    @TempDir private Path folder;

    @Test
    void backtestLivePipelineAndStockFlinkCepFindTheSame() throws Exception {
        Definitions definitions = Definitions.read(Backtests.DEFINITIONS);
        SortedMap<String, String> backtest = backtest();
        assertThat(new LivePipeline(definitions).runToEnd(Files.readAllLines(TRAFFIC)).painPoints())
                .isEqualTo(backtest);
        Set<String> found = new TreeSet<>();
        for (String document : backtest.values()) {
            JsonNode painPoint = json(document);
            found.add(
                    finding(
                            painPoint.path("customer").asText(),
                            painPoint.path("pattern").asText(),
                            painPoint.path("events").toString()));
        }
        assertThat(stock(definitions)).isEqualTo(found);
        assertThat(found).hasSizeGreaterThan(30);
    }

    private SortedMap<String, String> backtest() throws Exception {
        Path out = folder.resolve("out");
        // long after the last deadline
        assertThat(Backtests.run(out, List.of(TRAFFIC), "--until", "2026-06-01T00:00:00Z").status())
                .isZero();
        SortedMap<String, String> documents = new TreeMap<>();
        for (String line : Files.readAllLines(out.resolve("pain-points.ndjson"))) {
            documents.put(json(line).path("id").asText(), line);
        }
        return documents;
    }

    private static Set<String> stock(Definitions definitions) throws Exception {
        SortedMap<String, SortedMap<String, CustomerEvent>> byCustomer = byCustomer(definitions);
        List<String> customers = List.copyOf(byCustomer.keySet());
        List<List<CustomerEvent>> logs = new ArrayList<>();
        byCustomer
                .values()
                .forEach(
                        log ->
                                logs.add(
                                        log.values().stream()
                                                .sorted(CustomerEvent.BY_TIME_THEN_ID)
                                                .toList()));
        Set<String> found = new TreeSet<>();
        Problems problems = new Problems();
        EventCatalog catalog = EventCatalog.read(definitions, problems);
        try (PatternLibrary library = PatternLibrary.compile(definitions, catalog, problems)) {
            problems.throwIfAny();
            for (CompiledPattern pattern : library.patterns()) {
                List<Set<Map<String, List<String>>>> matches = StockFlinkCep.matches(pattern, logs);
                for (int i = 0; i < matches.size(); i++) {
                    for (Map<String, List<String>> match : matches.get(i)) {
                        String events = new ObjectMapper().valueToTree(match).toString();
                        found.add(finding(customers.get(i), pattern.definition().id(), events));
                    }
                }
            }
        }
        return found;
    }

    private static SortedMap<String, SortedMap<String, CustomerEvent>> byCustomer(
            Definitions definitions) throws Exception {
        Decoder decoder = LivePipeline.decoders(definitions).open();
        TopIdentifier top = new TopIdentifier(Namespaces.read(definitions, new Problems()));
        SortedMap<String, SortedMap<String, CustomerEvent>> logs = new TreeMap<>();
        for (String line : Files.readAllLines(TRAFFIC)) {
            decoder.decode(
                    RawRecord.line("lines", 1, line.getBytes(StandardCharsets.UTF_8)),
                    ingested -> {
                        CustomerEvent event = ingested.event();
                        if (event != null) {
                            logs.computeIfAbsent(
                                            top.of(event).orElseThrow().key(), c -> new TreeMap<>())
                                    .put(event.id(), event);
                        }
                    });
        }
        return logs;
    }

    private static String finding(String customer, String pattern, String events) {
        return customer + " " + pattern + " " + events;
    }

    private static JsonNode json(String text) {
        return CanonicalJson.parse(text.getBytes(StandardCharsets.UTF_8));
    }
}
