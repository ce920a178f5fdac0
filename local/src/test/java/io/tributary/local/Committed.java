package io.tributary.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.event.CanonicalJson;
import io.tributary.job.connectors.Output;
import io.tributary.job.connectors.OutputSerializer;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** The committed records of all outputs that are documents, at one moment. */
final class Committed {

    static final List<Output> DOCUMENTS =
            List.of(Output.PAIN_POINTS, Output.INTERVENTIONS, Output.METRICS, Output.CUSTOMERS);

    /**
     * One record.
     *
     * @param data canonical JSON; null for a tombstone
     * @param timestamp Kafka's, epoch milliseconds
     */
    record Document(String key, long revision, @Nullable String data, long timestamp) {

        static Document of(ConsumerRecord<byte[], byte[]> record) {
            JsonNode data =
                    record.value() == null
                            ? null
                            : CanonicalJson.parse(record.value()).path("data");
            return new Document(
                    new String(record.key(), StandardCharsets.UTF_8),
                    Long.parseLong(
                            Objects.requireNonNull(
                                    Topics.headers(record).get(OutputSerializer.REVISION))),
                    data == null ? null : CanonicalJson.string(data),
                    record.timestamp());
        }

        JsonNode json() {
            return parse(Objects.requireNonNull(data));
        }
    }

    private static final Comparator<ConsumerRecord<byte[], byte[]>> BY_PLACE =
            Comparator.<ConsumerRecord<byte[], byte[]>>comparingInt(ConsumerRecord::partition)
                    .thenComparingLong(ConsumerRecord::offset);

    private final Map<Output, List<Document>> records = new EnumMap<>(Output.class);

    Committed(Topics topics) {
        for (Output output : DOCUMENTS) {
            records.put(
                    output, topics.committed(output.topic()).stream().map(Document::of).toList());
        }
    }

    /** By partition and offset. */
    List<Document> records(Output output) {
        return Objects.requireNonNull(records.get(output));
    }

    /** The last record of each key, in the order of its partition; tombstones left out. */
    Map<String, Document> latest(Output output) {
        Map<String, Document> latest = new TreeMap<>();
        for (Document document : records(output)) {
            latest.put(document.key(), document);
        }
        latest.values().removeIf(document -> document.data() == null);
        return latest;
    }

    /** What an index has to hold: version and content, by id. */
    Map<String, String> projection(Output output) {
        return latest(output).values().stream()
                .collect(
                        Collectors.toMap(
                                Document::key,
                                document -> document.revision() + " " + document.data()));
    }

    /** The customers' documents but for the revision and the names of sources, by id. */
    Map<String, String> customers() {
        Map<String, String> customers = new TreeMap<>();
        latest(Output.CUSTOMERS)
                .forEach((key, document) -> customers.put(key, unrevised(document.json())));
        return customers;
    }

    /** Pain points that stand: pattern, customer, detectedAt and events, by id. */
    Map<String, String> detected() {
        Map<String, String> detected = new TreeMap<>();
        latest(Output.PAIN_POINTS)
                .forEach((key, document) -> putDetected(document.json(), detected));
        return detected;
    }

    static void putDetected(JsonNode painPoint, Map<String, String> detected) {
        if (painPoint.path("status").asText().equals("detected")) {
            detected.put(
                    painPoint.path("id").asText(),
                    painPoint.path("pattern").asText()
                            + " "
                            + painPoint.path("customer").asText()
                            + " "
                            + painPoint.path("detectedAt").asText()
                            + " "
                            + painPoint.path("events"));
        }
    }

    static String unrevised(JsonNode document) {
        ObjectNode copy = document.deepCopy();
        copy.remove("revision");
        copy.path("explanation").forEach(reason -> ((ObjectNode) reason).remove("source"));
        return CanonicalJson.string(copy);
    }

    static JsonNode parse(String json) {
        return CanonicalJson.parse(json.getBytes(StandardCharsets.UTF_8));
    }
}
