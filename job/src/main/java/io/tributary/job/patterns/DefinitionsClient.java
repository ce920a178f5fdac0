package io.tributary.job.patterns;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.event.CanonicalJson;
import io.tributary.job.config.JobConfig;
import io.tributary.job.connectors.DefinitionTopics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** Speaks to a running job through its two topics of definitions. */
final class DefinitionsClient implements AutoCloseable {

    /** Header with what the author calls a text. */
    private static final String FILE = "file";

    private static final String KAFKA_PATIENCE_MILLIS = "15000";
    private static final Duration POLL = Duration.ofMillis(200);

    private final String definitions;
    private final String status;
    private final KafkaConsumer<String, String> consumer;
    private final KafkaProducer<String, String> producer;

    /**
     * One record to send.
     *
     * @param value null removes
     */
    record Request(String key, @Nullable String value, String file) {}

    DefinitionsClient(JobConfig config) {
        definitions = DefinitionTopics.name(DefinitionTopics.DEFINITIONS, config);
        status = DefinitionTopics.name(DefinitionTopics.STATUS, config);
        Properties client = config.kafkaClient();
        client.putIfAbsent("default.api.timeout.ms", KAFKA_PATIENCE_MILLIS);
        consumer = new KafkaConsumer<>(client, new StringDeserializer(), new StringDeserializer());
        Properties writer = config.kafkaClient();
        writer.putIfAbsent(ProducerConfig.MAX_BLOCK_MS_CONFIG, KAFKA_PATIENCE_MILLIS);
        producer = new KafkaProducer<>(writer, new StringSerializer(), new StringSerializer());
    }

    /** The newest value of each key of the definitions topic. */
    Map<String, String> deployed() {
        return newest(definitions);
    }

    /** The newest status document of each key. */
    Map<String, JsonNode> statuses() {
        Map<String, JsonNode> documents = new LinkedHashMap<>();
        newest(status).forEach((key, value) -> documents.put(key, parse(value)));
        return documents;
    }

    private Map<String, String> newest(String topic) {
        List<TopicPartition> partitions = assign(topic);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        consumer.seekToBeginning(partitions);
        Map<String, String> newest = new LinkedHashMap<>();
        while (partitions.stream().anyMatch(p -> consumer.position(p) < end(ends, p))) {
            for (ConsumerRecord<String, String> record : consumer.poll(POLL)) {
                newest.remove(record.key());
                if (record.value() != null) {
                    newest.put(record.key(), record.value());
                }
            }
        }
        return newest;
    }

    private static long end(Map<TopicPartition, Long> ends, TopicPartition partition) {
        return ends.getOrDefault(partition, 0L);
    }

    private List<TopicPartition> assign(String topic) {
        List<PartitionInfo> partitions = consumer.listTopics().get(topic);
        if (partitions == null) {
            throw new DeployException(
                    "there is no topic " + topic + ": the journey job makes it when it starts");
        }
        List<TopicPartition> assigned =
                partitions.stream().map(p -> new TopicPartition(topic, p.partition())).toList();
        consumer.assign(assigned);
        return assigned;
    }

    /**
     * Sends requests and waits for the job's answers.
     *
     * @return the answers by key; a key is missing if none came in time
     */
    Map<String, JsonNode> ask(List<Request> requests, Duration patience) {
        List<TopicPartition> partitions = assign(status);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position); // from here on, not from when it first polls
        Map<String, Long> offsets = new HashMap<>();
        requests.forEach(request -> offsets.put(request.key(), send(request)));
        Map<String, JsonNode> answers = new LinkedHashMap<>();
        follow(
                patience,
                (document) -> {
                    if (document.path("type").asText().equals("request")) {
                        String version = document.path("version").asText();
                        String key =
                                document.path("id").asText()
                                        + (version.isEmpty() ? "" : "@" + version);
                        Long offset = offsets.get(key);
                        if (offset != null && offset == document.path("offset").asLong(-1)) {
                            answers.put(key, document);
                        }
                    }
                    return answers.size() < offsets.size();
                });
        return answers;
    }

    /** Sends without waiting for an answer; returns the record's offset. */
    long send(Request request) {
        ProducerRecord<String, String> record =
                new ProducerRecord<>(definitions, request.key(), request.value());
        record.headers().add(FILE, request.file().getBytes(StandardCharsets.UTF_8));
        try {
            return producer.send(record).get().offset();
        } catch (ExecutionException e) {
            throw new KafkaException("cannot write to " + definitions, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DeployException("interrupted", e);
        }
    }

    /** Hands over each new status document until time is over or one is answered with false. */
    void follow(Duration patience, Predicate<JsonNode> more) {
        long end = System.nanoTime() + patience.toNanos();
        while (System.nanoTime() < end) {
            for (ConsumerRecord<String, String> record : consumer.poll(POLL)) {
                if (record.value() != null && !more.test(parse(record.value()))) {
                    return;
                }
            }
        }
    }

    private static JsonNode parse(String json) {
        return CanonicalJson.parse(json.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(1));
        consumer.close();
    }
}
