package io.tributary.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.event.CanonicalJson;
import io.tributary.event.EventTime;
import io.tributary.job.backtest.BacktestCommand;
import io.tributary.job.config.JobConfig;
import io.tributary.local.process.KafkaProcess;
import io.tributary.local.process.Servers;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./tributary backtest --from-topic}: the same records give the same as in a file. */
@ExtendWith(Servers.class)
class TopicBacktestIT {

    private static final Path EVENTS = Path.of("../sample-data/pipeline/events.ndjson");

    /** What a run on that file gives, as the tests of the command make sure. */
    private static final Path FILE = Path.of("../sample-data/pipeline/expected");

    private static final Pattern TIME =
            Pattern.compile("\"(?:receivedAt|time)\":\"(2026-[^\"]*Z)\"");

    /** Neither says where a record was, nor when something rejected was received. */
    private static final List<String> SAME =
            List.of("pain-points", "interventions", "customers", "retractions");

    @TempDir private Path folder;

    private final StringWriter said = new StringWriter();

    /** One record of the sample and its timestamp. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Line(byte[] bytes, long time) {}

    @Test
    @Timeout(120)
    void topicsGiveWhatTheSameRecordsInAFileGive(KafkaProcess kafka) throws Exception {
        JobConfig config = Jobs.config(kafka, "history", Map.of());
        create(config, "history-one", "history-two", "history-empty", "history.voice");
        List<Line> lines = lines();
        write(config, lines);

        Path all = folder.resolve("all");
        assertThat(fromTopics(kafka, all, "../definitions")).as(said.toString()).isZero();
        assertSame(all, FILE);
        assertThat(rejected(all)).containsExactlyElementsOf(rejected(FILE));
        JsonNode rejected = json(all.resolve("rejected.ndjson"));
        assertThat(rejected.path("topic").asText()).startsWith("history-");
        assertThat(rejected.path("partition").isInt()).isTrue();
        assertThat(rejected.path("offset").isInt()).isTrue();
        JsonNode input = json(all.resolve("report.json")).path("input");
        assertThat(input.path("lines").asInt()).isEqualTo(lines.size());
        assertThat(input.path("since").isNull()).isTrue();
        assertThat(input.at("/topics/history-one/0/from").isInt()).isTrue();

        sinceIsCountedFromTheNewestRecordAndATopicIsDecodedAsItsSource(kafka, config);
        whatIsNotThereIsBadInput(kafka);
    }

    private void sinceIsCountedFromTheNewestRecordAndATopicIsDecodedAsItsSource(
            KafkaProcess kafka, JobConfig config) throws Exception {
        Path definitions = folder.resolve("definitions");
        copyDefinitions(definitions);
        writeCall(config);
        Path out = folder.resolve("recent");
        assertThat(
                        fromTopics(
                                kafka,
                                out,
                                definitions.toString(),
                                "--from-topic=history.voice",
                                "--since=1d"))
                .isZero();
        JsonNode report = json(out.resolve("report.json"));
        assertThat(report.at("/input/since").asText()).isEqualTo("2026-03-02T09:00:00.000Z");
        assertThat(report.at("/input/events").asInt()).isEqualTo(4);
        assertThat(report.at("/input/first").asText()).isEqualTo("2026-03-02T09:00:00.000Z");
        assertThat(report.at("/patterns/slow-resolution-high/open").asInt()).isEqualTo(1);
        assertThat(Files.readString(out.resolve("metrics.ndjson")))
                .contains(
                        "\"dimensions\":{\"channel\":\"voice\",\"source\":\"voice\","
                                + "\"type\":\"call_started\"}");
    }

    private static void writeCall(JobConfig config) throws Exception {
        String call =
                """
                {"specversion":"1.0","id":"c1","source":"/pbx","type":"call_started",
                 "time":"2026-03-03T08:00:00Z","data":{"user_id":"eva","call_id":"1"}}
                """;
        try (KafkaProducer<byte[], byte[]> producer = producer(config.kafkaClient())) {
            producer.send(
                            new ProducerRecord<>(
                                    "history.voice",
                                    1,
                                    EventTime.parse("2026-03-03T08:00:01Z"),
                                    null,
                                    call.getBytes(StandardCharsets.UTF_8)))
                    .get();
        }
    }

    private void whatIsNotThereIsBadInput(KafkaProcess kafka) {
        assertThat(fromTopics(kafka, folder, "../definitions", "--from-topic", "history-none"))
                .isEqualTo(2);
        assertThat(said.toString())
                .contains("there is no topic 'history-none' on " + kafka.bootstrap());
        assertThat(fromTopics(kafka, folder, "../definitions", "--since", "2026-04-01T00:00:00Z"))
                .isEqualTo(2);
        assertThat(said.toString())
                .contains(
                        "there is no record since 2026-04-01T00:00:00.000Z in the topics; the"
                                + " newest is of 2026-03-03T09:00:00.000Z");
        assertThat(run(folder, kafka, "../definitions", "--from-topic", "history-empty"))
                .isEqualTo(2);
        assertThat(said.toString()).contains("there is no record in the topics");
    }

    private int fromTopics(KafkaProcess kafka, Path out, String definitions, String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("--from-topic", "history-one", "--from-topic"));
        arguments.add("history-two");
        arguments.addAll(List.of(more));
        return run(out, kafka, definitions, arguments.toArray(String[]::new));
    }

    private int run(Path out, KafkaProcess kafka, String definitions, String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("--bootstrap-servers", kafka.bootstrap(), "--out=" + out));
        arguments.addAll(List.of("--definitions", definitions));
        arguments.addAll(List.of(more));
        return run(arguments);
    }

    private int run(List<String> options) {
        said.getBuffer().setLength(0);
        List<String> arguments = new ArrayList<>(options);
        arguments.addAll(List.of("--parallelism", "1"));
        PrintWriter printer = new PrintWriter(said, true);
        return BacktestCommand.execute(
                arguments.toArray(String[]::new), Map.of(), printer, printer);
    }

    private static void assertSame(Path topics, Path file) throws IOException {
        for (String name : SAME) {
            assertThat(Files.readString(topics.resolve(name + ".ndjson")))
                    .as(name)
                    .isEqualTo(Files.readString(file.resolve(name + ".ndjson")));
        }
        assertThat(metrics(topics)).isEqualTo(metrics(file));
        JsonNode read = json(topics.resolve("report.json"));
        JsonNode expected = json(file.resolve("report.json"));
        assertThat(read.path("patterns")).isEqualTo(expected.path("patterns"));
        assertThat(read.path("end")).isEqualTo(expected.path("end"));
        assertThat(read.at("/input/rejected")).isEqualTo(expected.at("/input/rejected"));
    }

    private static List<String> metrics(Path out) throws IOException {
        return Files.readAllLines(out.resolve("metrics.ndjson")).stream()
                .filter(line -> !parse(line).path("name").asText().matches("rejected|late"))
                .toList();
    }

    /** Reason and payload of each, sorted. */
    private static List<String> rejected(Path out) throws IOException {
        return Files.readAllLines(out.resolve("rejected.ndjson")).stream()
                .map(TopicBacktestIT::parse)
                .map(
                        line ->
                                line.path("reason").asText()
                                        + " "
                                        + line.path("payloadBase64").asText())
                .sorted()
                .toList();
    }

    /** The first document of a file. */
    private static JsonNode json(Path file) throws IOException {
        return file.toString().endsWith(".ndjson")
                ? parse(Files.readAllLines(file).get(0))
                : parse(Files.readString(file));
    }

    private static JsonNode parse(String json) {
        return CanonicalJson.parse(json.getBytes(StandardCharsets.UTF_8));
    }

    /** In order of time; what has none comes first. */
    private static List<Line> lines() throws IOException {
        byte[] all = Files.readAllBytes(EVENTS);
        List<Line> lines = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < all.length; i++) {
            if (all[i] == '\n') {
                byte[] line = Arrays.copyOfRange(all, start, i);
                Matcher time = TIME.matcher(new String(line, StandardCharsets.ISO_8859_1));
                lines.add(
                        new Line(
                                line,
                                EventTime.parse(
                                        time.find() ? time.group(1) : "2026-03-01T00:00:00Z")));
                start = i + 1;
            }
        }
        lines.sort(Comparator.comparingLong(Line::time));
        return lines;
    }

    private static void create(JobConfig config, String... topics) throws Exception {
        try (Admin admin = Admin.create(config.kafkaClient())) {
            admin.createTopics(
                            Stream.of(topics)
                                    .map(
                                            topic ->
                                                    new NewTopic(topic, 2, (short) 1)
                                                            .configs(Map.of("retention.ms", "-1")))
                                    .toList())
                    .all()
                    .get();
        }
    }

    /** One transaction that counts, then one that does not: its markers end the partitions. */
    private static void write(JobConfig config, List<Line> lines) {
        Properties client = config.kafkaClient();
        client.put("transactional.id", "history");
        try (KafkaProducer<byte[], byte[]> producer = producer(client)) {
            producer.initTransactions();
            producer.beginTransaction();
            send(producer, lines);
            producer.commitTransaction();
            producer.beginTransaction();
            send(producer, lines.subList(0, 4));
            producer.flush();
            producer.abortTransaction();
        }
    }

    private static void send(KafkaProducer<byte[], byte[]> producer, List<Line> lines) {
        for (int i = 0; i < lines.size(); i++) {
            var unused =
                    producer.send(
                            new ProducerRecord<>(
                                    i % 2 == 0 ? "history-one" : "history-two",
                                    i / 2 % 2,
                                    lines.get(i).time(),
                                    null,
                                    lines.get(i).bytes()));
        }
    }

    private static KafkaProducer<byte[], byte[]> producer(Properties client) {
        return new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static void copyDefinitions(Path to) throws IOException {
        Map<Path, Path> copies = new TreeMap<>();
        Path from = Path.of("../definitions");
        try (Stream<Path> files = Files.walk(from)) {
            files.filter(Files::isRegularFile)
                    .forEach(file -> copies.put(file, to.resolve(from.relativize(file))));
        }
        for (Map.Entry<Path, Path> copy : copies.entrySet()) {
            Files.createDirectories(copy.getValue().getParent());
            Files.copy(copy.getKey(), copy.getValue());
        }
        Path sources = to.resolve("sources.yaml");
        Files.writeString(
                sources, Files.readString(sources).replace("events.voice", "history.voice"));
    }
}
