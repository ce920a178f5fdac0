package io.tributary.local.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.local.traffic.PainPointOracle.Event;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class GenerateCommandTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir private Path folder;

    private final StringWriter stdout = new StringWriter();
    private final StringWriter stderr = new StringWriter();

    private int run(String... args) {
        return new CommandLine(new GenerateCommand())
                .setOut(new PrintWriter(stdout))
                .setErr(new PrintWriter(stderr))
                .execute(args);
    }

    private Path generate(String name, String... args) {
        Path out = folder.resolve(name);
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(List.of("--out", out.toString(), "--truth", out + ".truth"));
        assertThat(run(all.toArray(String[]::new))).isZero();
        return out;
    }

    private static List<JsonNode> read(Path file) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            lines.add(JSON.readTree(line));
        }
        return lines;
    }

    private static List<String> texts(List<JsonNode> events, String field) {
        return events.stream().map(event -> event.get(field).asText()).toList();
    }

    @Test
    void equalArgumentsGiveEqualBytes() throws IOException {
        String[] args = {"--customers", "40", "--events", "900", "--out-of-order", "0.2"};

        Path first = generate("first", args);
        Path second = generate("second", args);

        assertThat(second).hasSameBinaryContentAs(first);
        assertThat(Path.of(second + ".truth")).hasSameBinaryContentAs(Path.of(first + ".truth"));
    }

    @Test
    void theSampleDataIsWhatItsReadmeGenerates() {
        Path out =
                generate(
                        "events",
                        "--customers=40",
                        "--events=600",
                        "--seed=7",
                        "--out-of-order=0.05");

        Path sample = Path.of("../sample-data/traffic");
        assertThat(out).hasSameBinaryContentAs(sample.resolve("events.ndjson"));
        assertThat(Path.of(out + ".truth")).hasSameBinaryContentAs(sample.resolve("truth.ndjson"));
    }

    @Test
    void anotherSeedTellsAnotherStory() throws IOException {
        Path first = generate("first", "--customers", "40", "--events", "900", "--seed", "1");
        Path second = generate("second", "--customers", "40", "--events", "900", "--seed", "2");

        assertThat(texts(read(second), "messageId"))
                .doesNotContainAnyElementsOf(texts(read(first), "messageId"));
        assertThat(texts(read(second), "timestamp")).isNotEqualTo(texts(read(first), "timestamp"));
    }

    @ParameterizedTest
    @CsvSource({"1, 0, 7", "1, 1, 7", "1, 700, 7", "50, 20, 7", "300, 3001, 7", "20, 800, 1"})
    void everyLineIsAnEventAndTheirNumberIsExact(int customers, int events, int days)
            throws IOException {
        Path out =
                generate(
                        "events",
                        "--customers=" + customers,
                        "--events=" + events,
                        "--days=" + days);

        List<JsonNode> lines = read(out);
        assertThat(lines).hasSize(events);
        assertThat(texts(lines, "messageId")).doesNotHaveDuplicates();
        assertThat(lines)
                .allSatisfy(
                        line -> assertThat(line.has("userId") || line.has("anonymousId")).isTrue());
    }

    @Test
    void eventsArriveInOrderAndWithinThePeriod() throws IOException {
        Path out =
                generate(
                        "events",
                        "--customers=60",
                        "--events=2000",
                        "--days=3",
                        "--start=2026-05-01T00:00:00.000Z");

        List<JsonNode> events = read(out);
        assertThat(texts(events, "receivedAt")).isSorted();
        assertThat(texts(events, "timestamp"))
                .isSorted()
                .endsWith("2026-05-03T23:59:59.999Z")
                .allSatisfy(
                        time ->
                                assertThat(time)
                                        .isBetween(
                                                "2026-05-01T00:00:00.000Z",
                                                "2026-05-03T23:59:59.999Z"));
    }

    @Test
    void lateEventsAreTheSameEventsUpToAnHourLater() throws IOException {
        Path inOrder = generate("in-order", "--customers=60", "--events=2000");
        Path late = generate("late", "--customers=60", "--events=2000", "--out-of-order=0.25");

        assertThat(Path.of(late + ".truth")).hasSameBinaryContentAs(Path.of(inOrder + ".truth"));
        List<JsonNode> events = read(late);
        assertThat(texts(events, "receivedAt")).isSorted();
        assertThat(happened(events)).isEqualTo(happened(read(inOrder)));
        List<Duration> delays =
                events.stream()
                        .map(
                                e ->
                                        Duration.between(
                                                instant(e, "timestamp"), instant(e, "receivedAt")))
                        .toList();
        assertThat(delays).allMatch(delay -> delay.compareTo(Duration.ofMinutes(61)) < 0);
        long delayed =
                delays.stream().filter(delay -> delay.compareTo(Duration.ofSeconds(1)) > 0).count();
        assertThat(delayed / 2000.0).isBetween(0.22, 0.28);
    }

    private static Map<String, String> happened(List<JsonNode> events) {
        TreeMap<String, String> happened = new TreeMap<>();
        events.forEach(
                e ->
                        happened.put(
                                e.get("messageId").asText(),
                                e.get("timestamp").asText()
                                        + e.path("event")
                                        + e.path("properties")));
        return happened;
    }

    @Test
    void theDevicesClockIsCorrectedBySegmentsRule() throws IOException {
        Path out = generate("events", "--customers=60", "--events=2000", "--out-of-order=0.25");

        assertThat(read(out))
                .allSatisfy(
                        e -> {
                            Duration held =
                                    Duration.between(
                                            instant(e, "originalTimestamp"), instant(e, "sentAt"));
                            assertThat(instant(e, "receivedAt").minus(held))
                                    .isEqualTo(instant(e, "timestamp"));
                        })
                .anySatisfy(
                        e -> assertThat(instant(e, "sentAt")).isAfter(instant(e, "receivedAt")));
    }

    private static Instant instant(JsonNode event, String field) {
        return Instant.parse(event.get(field).asText());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void theTruthIsWhatAnOracleFindsInTheEvents(long seed) throws IOException {
        Path out = generate("events", "--customers=250", "--events=5000", "--seed=" + seed);

        Map<String, List<Event>> byCustomer = new TreeMap<>();
        for (JsonNode e : read(out)) {
            if (e.has("userId") && e.get("type").asText().equals("track")) {
                Event event =
                        new Event(
                                e.get("userId").asText(),
                                e.get("event").asText(),
                                instant(e, "timestamp"),
                                e.get("properties"));
                byCustomer.computeIfAbsent(event.customer(), c -> new ArrayList<>()).add(event);
            }
        }
        TreeSet<String> found = new TreeSet<>();
        for (List<Event> events : byCustomer.values()) {
            events.sort(Comparator.comparing(Event::time));
            found.addAll(PainPointOracle.find(events));
        }

        List<String> truth = new ArrayList<>();
        for (JsonNode line : read(Path.of(out + ".truth"))) {
            String pattern = line.get("pattern").asText();
            if (PainPointOracle.KNOWN.contains(pattern)) {
                truth.add(
                        pattern
                                + " "
                                + line.get("customer").asText()
                                + " "
                                + instant(line, "time"));
            }
        }
        assertThat(truth).containsExactlyInAnyOrderElementsOf(found).hasSizeGreaterThan(40);
    }

    @Test
    void evenASmallFileHoldsEveryPainPoint() throws IOException {
        Path out = generate("events", "--customers=24", "--events=360");

        TreeSet<String> every = new TreeSet<>();
        for (Script script : ScriptReader.builtIn()) {
            script.pains().forEach(pain -> every.add(pain.pattern()));
        }
        assertThat(texts(read(Path.of(out + ".truth")), "pattern")).containsAll(every);
    }

    @Test
    void everyChannelIsUsed() throws IOException {
        Path out = generate("events", "--customers=60", "--events=3000");

        assertThat(new TreeSet<>(texts(read(out), "channel")))
                .containsExactly(
                        "chat", "crm", "email", "mobile", "social", "store", "survey", "voice",
                        "web");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--customers=0",
                "--events=-1",
                "--days=0",
                "--out-of-order=1.5",
                "--start=yesterday",
                "--seed=x"
            })
    void badInputIsNamedAndWritesNothing(String bad) {
        Path out = folder.resolve("never");

        assertThat(run(bad, "--out", out.toString())).isEqualTo(2);
        assertThat(stderr.toString()).contains(bad.substring(0, bad.indexOf('=')));
        assertThat(out).doesNotExist();
    }

    @Test
    void aFileThatCannotBeWrittenIsBadInput() {
        String out = folder.resolve("no/such/folder").toString();

        assertThat(run("--events=1", "--out", out)).isEqualTo(2);
        assertThat(stderr.toString()).contains("cannot write " + out);
    }
}
