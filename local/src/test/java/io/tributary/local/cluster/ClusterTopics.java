package io.tributary.local.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.event.CanonicalJson;
import io.tributary.job.config.JobConfig;
import io.tributary.job.config.TributaryOptions;
import io.tributary.job.connectors.TopicCreator;
import io.tributary.local.cluster.ClusterTraffic.Input;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** What goes into the job on a cluster and what comes out of it, as its readers see it. */
final class ClusterTopics implements AutoCloseable {

    static final String EVENTS = "cluster.events";
    static final String IMPORTS = "cluster.imports";

    private final JobConfig config;
    private final KafkaProducer<byte[], byte[]> producer;
    private long sent;

    ClusterTopics(JobConfig config) throws Exception {
        this.config = config;
        new TopicCreator(config, 2).createMissing(Path.of("../deploy/kafka/topics.yaml"));
        try (Admin admin = Admin.create(config.kafkaClient())) {
            admin.createTopics(
                            List.of(
                                    new NewTopic(EVENTS, ClusterTraffic.PARTITIONS, (short) 1),
                                    new NewTopic(IMPORTS, 1, (short) 1)))
                    .all()
                    .get();
        }
        producer =
                new KafkaProducer<>(
                        config.kafkaClient(), new ByteArraySerializer(), new ByteArraySerializer());
    }

    void send(List<Input> inputs) {
        for (Input input : inputs) {
            byte[] value = input.value().getBytes(StandardCharsets.UTF_8);
            var unused =
                    producer.send(new ProducerRecord<>(EVENTS, input.partition(), null, value));
        }
        producer.flush();
        sent += inputs.size();
    }

    long sent() {
        return sent;
    }

    /** How many events the job has read for good: what its checkpoints committed. */
    long read() throws Exception {
        String group = config.get(TributaryOptions.KAFKA_GROUP_ID) + "-all";
        try (Admin admin = Admin.create(config.kafkaClient())) {
            return admin
                    .listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .values()
                    .stream()
                    .mapToLong(offset -> offset == null ? 0 : offset.offset())
                    .sum();
        }
    }

    /** Every committed record of an output, by partition and offset. */
    List<ConsumerRecord<byte[], byte[]>> committed(String output) {
        Properties client = config.kafkaClient();
        client.put("isolation.level", "read_committed");
        String topic = config.get(TributaryOptions.TOPICS_PREFIX) + output;
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        client, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions =
                    IntStream.range(0, consumer.partitionsFor(topic).size())
                            .mapToObj(partition -> new TopicPartition(topic, partition))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
            while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
                consumer.poll(Duration.ofMillis(100)).forEach(all::add);
            }
            return all;
        }
    }

    /** The last document of each key; without those that a tombstone deleted. */
    List<JsonNode> latest(String output) {
        Map<String, byte[]> values = new TreeMap<>();
        for (ConsumerRecord<byte[], byte[]> record : committed(output)) {
            values.put(new String(record.key(), StandardCharsets.UTF_8), record.value());
        }
        return values.values().stream()
                .filter(value -> value != null)
                .map(value -> CanonicalJson.parse(value).path("data"))
                .toList();
    }

    @Override
    public void close() {
        producer.close();
    }
}
