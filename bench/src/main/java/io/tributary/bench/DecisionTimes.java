package io.tributary.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.event.CanonicalJson;
import io.tributary.job.config.JobConfig;
import io.tributary.job.config.TributaryOptions;
import io.tributary.job.connectors.Output;
import io.tributary.local.traffic.InventedDay;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.IntToLongFunction;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads decisions as whoever acts on them would, committed ones only, and notes when each came; the
 * pain points tell which events they are about. One thread uses it.
 */
final class DecisionTimes implements AutoCloseable {

    private final Map<String, Long> decided = new HashMap<>();
    private final Map<String, JsonNode> painPoints = new HashMap<>();
    private final String decisionTopic;
    private final KafkaConsumer<byte[], byte[]> consumer;

    DecisionTimes(JobConfig config) {
        String prefix = config.get(TributaryOptions.TOPICS_PREFIX);
        decisionTopic = prefix + Output.INTERVENTIONS.topic();
        Properties client = config.kafkaClient();
        client.setProperty("client.id", Stage.BENCH_THREAD);
        client.setProperty("isolation.level", "read_committed");
        consumer =
                new KafkaConsumer<>(
                        client, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions =
                List.of(decisionTopic, prefix + Output.PAIN_POINTS.topic()).stream()
                        .flatMap(topic -> consumer.partitionsFor(topic).stream())
                        .map(info -> new TopicPartition(info.topic(), info.partition()))
                        .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Whether anything came. */
    boolean read(Duration most) {
        var records = consumer.poll(most);
        long now = System.nanoTime();
        records.forEach(record -> note(record, now));
        return !records.isEmpty();
    }

    /**
     * Whatever was decided before is visible then.
     *
     * @param interval between checkpoints
     */
    void readUntilQuiet(Duration interval) {
        long quietSince = System.nanoTime();
        long quiet = interval.toNanos() * 3 / 2;
        long deadline = quietSince + 6 * quiet;
        while (System.nanoTime() - quietSince < quiet && System.nanoTime() < deadline) {
            if (read(Duration.ofMillis(200))) {
                quietSince = System.nanoTime();
            }
        }
    }

    private void note(ConsumerRecord<byte[], byte[]> record, long now) {
        String id = new String(record.key(), StandardCharsets.UTF_8);
        if (record.topic().equals(decisionTopic)) {
            decided.putIfAbsent(id, now);
        } else if (record.value() != null) {
            painPoints.putIfAbsent(id, CanonicalJson.parse(record.value()).path("data"));
        }
    }

    /**
     * Of the pain points of a day: milliseconds from when the completing event was due to be sent
     * until its first decision was read, ascending. What was completed by time passing, an absence,
     * has no such event.
     *
     * @param due when an event was, as {@link System#nanoTime} tells it
     * @param from number of the first event that counts
     */
    List<Double> latencies(InventedDay day, IntToLongFunction due, int from) {
        Map<String, Integer> numbers = new HashMap<>();
        for (int event = 0; event < day.size(); event++) {
            numbers.put(day.id(event), event);
        }
        List<Double> latencies = new ArrayList<>();
        decided.forEach(
                (id, time) -> {
                    JsonNode painPoint = painPoints.get(id);
                    if (painPoint == null) {
                        return;
                    }
                    int completing = completing(painPoint, numbers);
                    if (completing >= from && isDetectedAt(day.time(completing), painPoint)) {
                        latencies.add((time - due.applyAsLong(completing)) / 1e6);
                    }
                });
        latencies.sort(null);
        return latencies;
    }

    /** An absence is detected later than any of its events. */
    private static boolean isDetectedAt(String time, JsonNode painPoint) {
        return painPoint.path("detectedAt").asText().equals(time);
    }

    /** The last of its events to be sent; -1 if they are not the day's. */
    private static int completing(JsonNode painPoint, Map<String, Integer> numbers) {
        int last = -1;
        for (JsonNode step : painPoint.path("events")) {
            for (JsonNode id : step) {
                last = Math.max(last, numbers.getOrDefault(id.asText(), -1));
            }
        }
        return last;
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(Duration.ofSeconds(1)));
    }
}
