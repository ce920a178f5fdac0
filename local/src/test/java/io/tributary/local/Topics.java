package io.tributary.local;

import io.tributary.job.config.JobConfig;
import io.tributary.job.config.TributaryOptions;
import io.tributary.job.connectors.OutputRecord;
import io.tributary.job.connectors.OutputSerializer;
import io.tributary.job.connectors.TopicCreator;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The output topics of one test, told apart from those of others by their prefix. */
final class Topics {

    private final JobConfig config;
    private final String prefix;

    Topics(JobConfig config) throws InterruptedException {
        this.config = config;
        this.prefix = config.get(TributaryOptions.TOPICS_PREFIX);
        new TopicCreator(config, 2).createMissing(Path.of("../deploy/kafka/topics.yaml"));
    }

    /** Writes records as the job would. */
    void write(List<OutputRecord> records) throws Exception {
        OutputSerializer serializer = new OutputSerializer(prefix);
        writeRaw(records.stream().map(serializer::producerRecord).toList());
    }

    void writeRaw(List<ProducerRecord<byte[], byte[]>> records) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        config.kafkaClient(),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            for (ProducerRecord<byte[], byte[]> record : records) {
                producer.send(record);
            }
        }
    }

    /** Everything that is committed in a topic now. */
    List<ConsumerRecord<byte[], byte[]>> committed(String topic) {
        return read(topic, "read_committed");
    }

    /** Everything in a topic now, also what was aborted or may yet be. */
    List<ConsumerRecord<byte[], byte[]>> written(String topic) {
        return read(topic, "read_uncommitted");
    }

    private List<ConsumerRecord<byte[], byte[]>> read(String topic, String isolation) {
        Properties client = config.kafkaClient();
        client.put("isolation.level", isolation);
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(client)) {
            List<TopicPartition> partitions = partitions(consumer, topic);
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

    /** Sum of the offsets that a group has committed in a topic. */
    long committedBy(String group, String topic) throws Exception {
        try (Admin admin = Admin.create(config.kafkaClient())) {
            return admin
                    .listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .entrySet()
                    .stream()
                    .filter(entry -> entry.getKey().topic().equals(prefix + topic))
                    .mapToLong(entry -> entry.getValue().offset())
                    .sum();
        }
    }

    /** Whether a group has committed that it read everything that is committed in the topics. */
    boolean isRead(List<String> topics, String group) {
        Properties client = config.kafkaClient();
        client.put("isolation.level", "read_committed");
        client.put("group.id", group);
        client.put("enable.auto.commit", "false");
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(client)) {
            List<TopicPartition> partitions =
                    topics.stream().flatMap(topic -> partitions(consumer, topic).stream()).toList();
            consumer.assign(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            Map<TopicPartition, OffsetAndMetadata> read =
                    consumer.committed(new HashSet<>(partitions));
            for (TopicPartition partition : partitions) {
                OffsetAndMetadata offset = read.get(partition);
                consumer.seek(partition, offset == null ? 0 : offset.offset());
            }
            // the end of a transaction takes an offset, too, and is no record
            while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
                if (!consumer.poll(Duration.ofMillis(100)).isEmpty()) {
                    return false;
                }
            }
            return true;
        }
    }

    private static KafkaConsumer<byte[], byte[]> consumer(Properties client) {
        return new KafkaConsumer<>(
                client, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private List<TopicPartition> partitions(KafkaConsumer<?, ?> consumer, String topic) {
        return consumer.partitionsFor(prefix + topic).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
    }

    /** The headers of a record as text. */
    static Map<String, String> headers(ConsumerRecord<byte[], byte[]> record) {
        Map<String, String> headers = new HashMap<>();
        record.headers()
                .forEach(
                        header ->
                                headers.put(
                                        header.key(),
                                        new String(header.value(), StandardCharsets.UTF_8)));
        return headers;
    }
}
