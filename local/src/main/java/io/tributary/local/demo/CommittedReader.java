package io.tributary.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.event.CanonicalJson;
import io.tributary.job.config.JobConfig;
import io.tributary.job.config.TributaryOptions;
import io.tributary.job.connectors.Output;
import io.tributary.job.connectors.OutputSerializer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads what the journey job has committed, and how far the index job got. One thread uses it. */
final class CommittedReader implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Documents documents = new Documents();
    private final Map<String, Output> outputOfTopic = new HashMap<>();
    private final Map<TopicPartition, Long> read = new HashMap<>();
    private final String indexGroup;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Admin admin;

    CommittedReader(JobConfig config) {
        indexGroup = config.get(TributaryOptions.KAFKA_GROUP_ID) + "-index";
        String prefix = config.get(TributaryOptions.TOPICS_PREFIX);
        Documents.OUTPUTS.forEach(output -> outputOfTopic.put(prefix + output.topic(), output));
        Properties client = config.kafkaClient();
        client.setProperty("isolation.level", "read_committed");
        client.setProperty("max.poll.records", "5000");
        consumer =
                new KafkaConsumer<>(
                        client, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions =
                outputOfTopic.keySet().stream().flatMap(topic -> partitions(topic)).toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        admin = Admin.create(config.kafkaClient());
    }

    /** A broker under load may not know a topic yet that it has just created. */
    private Stream<TopicPartition> partitions(String topic) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        List<PartitionInfo> known = consumer.partitionsFor(topic);
        while ((known == null || known.isEmpty()) && System.nanoTime() < deadline) {
            known = consumer.partitionsFor(topic);
        }
        if (known == null || known.isEmpty()) {
            throw new KafkaException("the broker does not know the topic " + topic);
        }
        return known.stream().map(info -> new TopicPartition(topic, info.partition()));
    }

    /** What was read so far. */
    Documents documents() {
        return documents;
    }

    /**
     * Reads until the topics have nothing more or the time is over.
     *
     * @return whether anything came
     */
    boolean read(Duration most) {
        long deadline = System.nanoTime() + most.toNanos();
        boolean any = false;
        while (System.nanoTime() < deadline) {
            var records = consumer.poll(Duration.ofNanos(deadline - System.nanoTime()));
            any |= !records.isEmpty();
            records.forEach(this::put);
        }
        return any;
    }

    private void put(ConsumerRecord<byte[], byte[]> record) {
        read.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
        Output output = outputOfTopic.get(record.topic());
        var revision = record.headers().lastHeader(OutputSerializer.REVISION);
        if (output == null || revision == null) {
            throw new IllegalStateException(
                    record.topic() + " holds a record that is none of ours");
        }
        JsonNode data =
                record.value() == null ? null : CanonicalJson.parse(record.value()).path("data");
        documents.put(output, text(record.key()), Long.parseLong(text(revision.value())), data);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Records that were read here and that the index job has not confirmed. */
    long indexLag() throws InterruptedException {
        try {
            Map<TopicPartition, OffsetAndMetadata> confirmed =
                    admin.listConsumerGroupOffsets(indexGroup)
                            .partitionsToOffsetAndMetadata()
                            .get();
            long lag = 0;
            for (Map.Entry<TopicPartition, Long> partition : read.entrySet()) {
                OffsetAndMetadata offset = confirmed.get(partition.getKey());
                lag += Math.max(0, partition.getValue() - (offset == null ? 0 : offset.offset()));
            }
            return lag;
        } catch (ExecutionException e) {
            throw new KafkaException("cannot ask how far the index is", e.getCause());
        }
    }

    @Override
    public void close() {
        consumer.close(
                org.apache.kafka.clients.consumer.CloseOptions.timeout(Duration.ofSeconds(1)));
        admin.close(Duration.ofSeconds(1));
    }
}
