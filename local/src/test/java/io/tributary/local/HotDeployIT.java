package io.tributary.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.job.JourneyJob;
import io.tributary.job.config.JobConfig;
import io.tributary.job.config.OperatorIds;
import io.tributary.job.connectors.DefinitionTopics;
import io.tributary.job.connectors.Output;
import io.tributary.job.patterns.PatternsCommand;
import io.tributary.local.process.KafkaProcess;
import io.tributary.local.process.Servers;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Definitions of a running job, changed through real Kafka with the command line. */
@ExtendWith(Servers.class)
class HotDeployIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String EVENTS = "hot-deploy.web";
    private static final long MINUTE = 60_000;

    private static final String VIEWED_TWICE =
            """
            id: viewed-twice
            version: 1
            name: Viewed twice
            severity: low
            effectiveFrom: 2026-01-01T00:00:00Z
            sequence:
              - {as: views, on: product_viewed, times: 2}
            within: 1h
            skip: past_last_event
            """;

    @TempDir private Path folder;

    @Test
    @Timeout(240)
    void aDefinitionIsDeployedWithoutARestartAndABadOneChangesNothing(KafkaProcess kafka)
            throws Exception {
        Path definitions = definitions();
        JobConfig config = config(kafka, definitions);
        Topics topics = new Topics(config);
        createEvents(config);
        JobClient job = start(config);
        try {
            view(topics, "anna", 0);
            view(topics, "anna", 1);
            eventually(() -> topics.committed(Output.CUSTOMERS.topic()).size(), size -> size > 0);

            List<String> applied = patterns(config, "apply", write(VIEWED_TWICE), definitions);
            assertThat(applied).first().isEqualTo("0");
            assertThat(applied).last().asString().endsWith("viewed-twice version 1: accepted");
            assertThat(found(topics, 1)).containsExactly("viewed-twice@1 detected");

            String wide = VIEWED_TWICE.replace("version: 1", "version: 2");
            List<String> tooWide =
                    patterns(
                            config,
                            "apply",
                            write(wide.replace("within: 1h", "within: 29d")),
                            definitions);
            assertThat(tooWide).first().isEqualTo("1");
            assertThat(tooWide).last().asString().contains(":8:9: ", "state.window.max");
            List<String> misspelt =
                    patterns(
                            config,
                            "apply",
                            write(wide.replace("product_viewed", "product_vewed")),
                            definitions);
            assertThat(misspelt).first().isEqualTo("2");
            assertThat(misspelt).last().asString().contains(":7:21: unknown event type");

            topics.writeRaw(List.of(record(config, "viewed-twice@3", "id: [")));
            eventually(
                    () -> answers(topics), answers -> answers.contains("viewed-twice 3 refused"));

            view(topics, "ben", 2);
            view(topics, "ben", 3);
            assertThat(found(topics, 2))
                    .containsExactly("viewed-twice@1 detected", "viewed-twice@1 detected");

            assertThat(patterns(config, "remove", "viewed-twice")).first().isEqualTo("0");
            assertThat(patterns(config, "list").stream().map(line -> line.split(" ")[0]))
                    .contains("0", "cart-abandonment")
                    .doesNotContain("viewed-twice");
            assertThat(patterns(config, "pause", "cart-abandonmen"))
                    .last()
                    .asString()
                    .endsWith("did you mean 'cart-abandonment'?");
        } finally {
            job.cancel().get();
        }
    }

    private Path definitions() throws IOException {
        Path copy = folder.resolve("definitions");
        Path shipped = Path.of("../definitions");
        try (Stream<Path> files = Files.walk(shipped)) {
            files.forEach(
                    file -> {
                        try {
                            Files.copy(file, copy.resolve(shipped.relativize(file).toString()));
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    });
        }
        Files.writeString(
                copy.resolve("sources.yaml"),
                "sources:\n  - {name: web, mode: live, channel: web, topics: [" + EVENTS + "]}\n");
        return copy;
    }

    private JobConfig config(KafkaProcess kafka, Path definitions) throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "0123456789abcdef".repeat(4));
        return Jobs.config(
                kafka,
                "hot-deploy",
                Map.of(
                        "definitions.dir", definitions.toString(),
                        "secret.file", secret.toString(),
                        "watermark.quiet", "1 h"));
    }

    private static void createEvents(JobConfig config) throws Exception {
        try (Admin admin = Admin.create(config.kafkaClient())) {
            admin.createTopics(List.of(new NewTopic(EVENTS, 1, (short) 1))).all().get();
        }
    }

    private static JobClient start(JobConfig config) throws Exception {
        Configuration flink = Jobs.flink();
        flink.set(PipelineOptions.MAX_PARALLELISM, OperatorIds.MAX_PARALLELISM);
        flink.set(StateBackendOptions.STATE_BACKEND, "rocksdb");
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.createLocalEnvironment(2, flink);
        JourneyJob.build(env, config);
        return env.executeAsync("journey");
    }

    private static void view(Topics topics, String customer, int minute) throws Exception {
        long time = Jobs.MARCH + minute * MINUTE;
        String json =
                """
                {"type":"track","messageId":"v%d","event":"Product Viewed","userId":"%s",\
                "timestamp":"2026-03-01T00:0%d:00Z"}\
                """
                        .formatted(minute, customer, minute);
        topics.writeRaw(
                List.of(
                        new ProducerRecord<>(
                                EVENTS, 0, time, null, json.getBytes(StandardCharsets.UTF_8))));
    }

    private static ProducerRecord<byte[], byte[]> record(
            JobConfig config, String key, String value) {
        return new ProducerRecord<>(
                DefinitionTopics.name(DefinitionTopics.DEFINITIONS, config),
                key.getBytes(StandardCharsets.UTF_8),
                value.getBytes(StandardCharsets.UTF_8));
    }

    private String write(String text) throws IOException {
        return Files.writeString(folder.resolve("viewed-twice.yaml"), text).toString();
    }

    private static List<String> patterns(
            JobConfig config, String command, String file, Path definitions) {
        return patterns(config, command, file, "--definitions", definitions.toString());
    }

    /** Exit code, then the lines that were printed. */
    private static List<String> patterns(JobConfig config, String... words) {
        List<String> arguments = new ArrayList<>(List.of(words));
        arguments.addAll(
                List.of(
                        "--bootstrap-servers",
                        config.kafkaClient().getProperty("bootstrap.servers"),
                        "--",
                        "--topics.prefix",
                        "hot-deploy-tributary-"));
        StringWriter out = new StringWriter();
        PrintWriter printer = new PrintWriter(out, true);
        int exit =
                PatternsCommand.execute(
                        arguments.toArray(String[]::new), Map.of(), printer, printer);
        return (exit + "\n" + out).lines().toList();
    }

    private static List<String> found(Topics topics, int expected) throws Exception {
        return eventually(
                () ->
                        new Committed(topics)
                                .latest(Output.PAIN_POINTS).values().stream()
                                        .map(Committed.Document::json)
                                        .map(
                                                point ->
                                                        point.path("pattern").asText()
                                                                + "@"
                                                                + point.path("version").asText()
                                                                + " "
                                                                + point.path("status").asText())
                                        .toList(),
                found -> found.size() >= expected);
    }

    private static TreeSet<String> answers(Topics topics) {
        TreeSet<String> answers = new TreeSet<>();
        topics.committed(DefinitionTopics.STATUS)
                .forEach(
                        record -> {
                            JsonNode json =
                                    Committed.parse(
                                            new String(record.value(), StandardCharsets.UTF_8));
                            if (json.path("type").asText().equals("request")) {
                                answers.add(
                                        json.path("id").asText()
                                                + " "
                                                + json.path("version").asText()
                                                + " "
                                                + json.path("status").asText());
                            }
                        });
        return answers;
    }

    private static <T> T eventually(
            java.util.concurrent.Callable<T> question, java.util.function.Predicate<T> wished)
            throws Exception {
        T answer = Eventually.ask(question, wished, PATIENCE);
        assertThat(answer).matches(wished);
        return answer;
    }
}
