package io.tributary.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.event.CanonicalJson;
import io.tributary.job.config.JobConfig;
import io.tributary.job.connectors.Output;
import io.tributary.job.connectors.OutputRecord;
import io.tributary.local.process.ElasticsearchProcess;
import io.tributary.local.process.KafkaProcess;
import io.tributary.local.process.Servers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Metric;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Servers.class)
class IndexJobIT {

    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final int DOCUMENTS = 1_000;

    /** Buffer and batches in flight of {@link Jobs#indexConfig}, and the record that waits. */
    private static final long MOST_WAITING = 50 + 2 * 20 + 1;

    @Test
    void anOutageStopsReadingAndLosesNothing(KafkaProcess kafka, ElasticsearchProcess elasticsearch)
            throws Exception {
        JobConfig config = Jobs.indexConfig(kafka, elasticsearch, "outage");
        Topics topics = new Topics(config);
        topics.write(List.of(Jobs.painPoint("before", 0, 1)));
        Configuration flink = Jobs.flink();
        InMemoryReporter metrics = InMemoryReporter.createWithRetainedMetrics();
        metrics.addToConfiguration(flink);
        Index index = new Index(elasticsearch.url());
        JobClient job = Jobs.startIndex(config, flink);
        try {
            awaitDocuments(index, "outage-tributary-pain-points", 1);

            elasticsearch.suspend();
            topics.write(documents());
            long read =
                    Eventually.ask(() -> recordsIn(metrics, job), count -> count >= 51, PATIENCE);
            assertThat(read).isBetween(51L, MOST_WAITING + 1);
            elasticsearch.resume();
            elasticsearch.stop();
            assertThat(recordsIn(metrics, job)).isLessThan(DOCUMENTS);
            elasticsearch.start();

            Map<String, Index.Document> indexed =
                    awaitDocuments(index, "outage-tributary-pain-points", DOCUMENTS + 1);
            assertThat(indexed).hasSize(DOCUMENTS + 1);
            assertThat(indexed.get("00000007"))
                    .isEqualTo(
                            new Index.Document(
                                    "outage-tributary-pain-points-2026.03",
                                    1,
                                    CanonicalJson.string(data(Jobs.painPoint("00000007", 7, 1)))));
            assertThat(indexed.get("00000999").index())
                    .isEqualTo("outage-tributary-pain-points-2026.04");
        } finally {
            job.cancel().get();
        }
    }

    @Test
    void anOlderRevisionNeverOverwritesANewerOneAndATombstoneDeletes(
            KafkaProcess kafka, ElasticsearchProcess elasticsearch) throws Exception {
        JobConfig config = Jobs.indexConfig(kafka, elasticsearch, "revisions");
        Topics topics = new Topics(config);
        topics.write(
                List.of(
                        Jobs.painPoint("overtaken", 0, 2),
                        Jobs.painPoint("overtaken", 0, 1),
                        Jobs.painPoint("deleted", 0, 1),
                        Jobs.with(Jobs.painPoint("deleted", 0, 2), null),
                        Jobs.painPoint("deleted", 0, 1),
                        Jobs.with(Jobs.painPoint("never-there", 0, 1), null),
                        customer("user_id:1", 1),
                        customer("user_id:1", 3)));
        Index index = new Index(elasticsearch.url());
        JobClient job = Jobs.startIndex(config, Jobs.flink());
        try {
            Map<String, Index.Document> customers =
                    Eventually.ask(
                            () -> index.documents("revisions-tributary-customers"),
                            found ->
                                    found.containsKey("user_id:1")
                                            && found.get("user_id:1").version() == 3,
                            PATIENCE);
            assertThat(customers.get("user_id:1").index())
                    .isEqualTo("revisions-tributary-customers");

            topics.write(List.of(Jobs.painPoint("last", 0, 1)));
            Map<String, Index.Document> indexed =
                    Eventually.ask(
                            () -> index.documents("revisions-tributary-pain-points"),
                            found ->
                                    found.keySet().containsAll(List.of("last", "overtaken"))
                                            && !found.containsKey("deleted"),
                            PATIENCE);
            assertThat(versions(indexed)).isEqualTo(Map.of("overtaken", 2L, "last", 1L));
        } finally {
            job.cancel().get();
        }
    }

    @Test
    void aRefusedDocumentGoesToTheRejectedTopicAndHoldsNobodyUp(
            KafkaProcess kafka, ElasticsearchProcess elasticsearch) throws Exception {
        JobConfig config = Jobs.indexConfig(kafka, elasticsearch, "refused");
        Topics topics = new Topics(config);
        OutputRecord wrong =
                Jobs.with(
                        Jobs.painPoint("wrong", 0, 4),
                        "{\"id\":\"wrong\",\"version\":\"newest\"}"
                                .getBytes(StandardCharsets.UTF_8));
        topics.write(List.of(Jobs.painPoint("a", 0, 1), wrong, Jobs.painPoint("b", 0, 1)));
        topics.writeRaw(
                List.of(
                        new ProducerRecord<>(
                                "refused-tributary-metrics",
                                "foreign".getBytes(StandardCharsets.UTF_8),
                                "not ours".getBytes(StandardCharsets.UTF_8))));
        Index index = new Index(elasticsearch.url());
        JobClient job = Jobs.startIndex(config, Jobs.flink());
        try {
            assertThat(awaitDocuments(index, "refused-tributary-pain-points", 2))
                    .containsOnlyKeys("a", "b");
            Map<String, ConsumerRecord<byte[], byte[]>> rejected =
                    Eventually.ask(() -> rejected(topics), found -> found.size() == 2, PATIENCE);

            ConsumerRecord<byte[], byte[]> refused = rejected.get("wrong");
            assertThat(text(refused.value()))
                    .isEqualTo("{\"id\":\"wrong\",\"version\":\"newest\"}");
            assertThat(Topics.headers(refused))
                    .containsEntry("reason", "index_refused")
                    .containsEntry("source", "index")
                    .containsEntry("origin", "refused-tributary-pain-points")
                    .containsEntry("index", "refused-tributary-pain-points-2026.03")
                    .containsEntry("revision", "4")
                    .hasEntrySatisfying(
                            "detail",
                            detail ->
                                    assertThat(detail)
                                            .startsWith("status 400 ")
                                            .contains("version"));
            ConsumerRecord<byte[], byte[]> foreign = rejected.get("foreign");
            assertThat(text(foreign.value())).isEqualTo("not ours");
            assertThat(Topics.headers(foreign)).containsEntry("detail", "no header 'revision'");
        } finally {
            job.cancel().get();
        }
    }

    @Test
    void theProjectionIsRebuiltFromTheTopicsWhateverTheGroupHasCommitted(
            KafkaProcess kafka, ElasticsearchProcess elasticsearch) throws Exception {
        JobConfig config = Jobs.indexConfig(kafka, elasticsearch, "rebuilt");
        Topics topics = new Topics(config);
        topics.write(List.of(Jobs.painPoint("a", 0, 1), Jobs.painPoint("b", 0, 1)));
        Index index = new Index(elasticsearch.url());
        JobClient first = Jobs.startIndex(config, Jobs.flink());
        awaitDocuments(index, "rebuilt-tributary-pain-points", 2);
        assertThat(
                        Eventually.ask(
                                () -> topics.committedBy("rebuilt-index", "pain-points"),
                                offset -> offset == 2,
                                PATIENCE))
                .isEqualTo(2);
        first.cancel().get();
        index.delete("/rebuilt-tributary-pain-points-2026.03");
        assertThat(index.documents("rebuilt-tributary-pain-points")).isEmpty();

        JobClient second = Jobs.startIndex(config, Jobs.flink());
        try {
            assertThat(awaitDocuments(index, "rebuilt-tributary-pain-points", 2))
                    .containsOnlyKeys("a", "b");
        } finally {
            second.cancel().get();
        }
    }

    @Test
    void templatesTypeTheFieldsAndGiveEachMonthTheReadAlias(
            KafkaProcess kafka, ElasticsearchProcess elasticsearch) throws Exception {
        JobConfig config = Jobs.indexConfig(kafka, elasticsearch, "templates");
        new Topics(config).write(List.of(Jobs.painPoint("a", 0, 1)));
        Index index = new Index(elasticsearch.url());
        JobClient job = Jobs.startIndex(config, Jobs.flink());
        try {
            awaitDocuments(index, "templates-tributary-pain-points", 1);
            JsonNode created =
                    index.get("/templates-tributary-pain-points-2026.03")
                            .path("templates-tributary-pain-points-2026.03");
            assertThat(created.path("aliases").has("templates-tributary-pain-points")).isTrue();
            assertThat(created.at("/mappings/properties/start/type").asText()).isEqualTo("date");
            assertThat(created.at("/mappings/properties/events/enabled").asText())
                    .isEqualTo("false");
        } finally {
            job.cancel().get();
        }
    }

    private static Map<String, Index.Document> awaitDocuments(Index index, String alias, int count)
            throws Exception {
        return Eventually.ask(
                () -> index.documents(alias), found -> found.size() >= count, PATIENCE);
    }

    private static Map<String, ConsumerRecord<byte[], byte[]>> rejected(Topics topics) {
        return topics.committed("rejected").stream()
                .collect(
                        Collectors.toMap(
                                record -> Objects.requireNonNull(Topics.headers(record).get("id")),
                                record -> record));
    }

    /** How many records the writer was given. */
    private static long recordsIn(InMemoryReporter metrics, JobClient job) {
        return counter(metrics, job, ".*sink-index.*numRecordsIn");
    }

    /** How many documents had to be sent again. */
    private static long repetitions(InMemoryReporter metrics, JobClient job) {
        return counter(metrics, job, ".*sink-index.*index.retried");
    }

    private static long counter(InMemoryReporter metrics, JobClient job, String pattern) {
        return metrics.findMetrics(job.getJobID(), pattern).values().stream()
                .filter(Counter.class::isInstance)
                .mapToLong(IndexJobIT::count)
                .max()
                .orElse(0);
    }

    private static long count(Metric metric) {
        return ((Counter) metric).getCount();
    }

    private static Map<String, Long> versions(Map<String, Index.Document> indexed) {
        return indexed.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().version()));
    }

    /** One an hour from the first of March, so that they span two months. */
    private static List<OutputRecord> documents() {
        return LongStream.range(0, DOCUMENTS)
                .mapToObj(number -> Jobs.painPoint(String.format("%08d", number), number, 1))
                .toList();
    }

    private static OutputRecord customer(String id, long revision) {
        byte[] data = CanonicalJson.bytes(CanonicalJson.object().put("id", id));
        return new OutputRecord(
                Output.CUSTOMERS, id, data, Jobs.MARCH + revision, revision, Map.of());
    }

    private static JsonNode data(OutputRecord record) {
        return CanonicalJson.parse(Objects.requireNonNull(record.value()));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
