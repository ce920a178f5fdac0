package io.tributary.job.connectors;

import io.tributary.ingest.Ingested;
import io.tributary.ingest.RawRecord;
import io.tributary.job.config.JobConfig;
import io.tributary.job.config.OperatorIds;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.function.Consumer;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceOptions;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The committed records of stretches of topics, each time the same. No consumer group: nothing is
 * committed, so a running job does not notice.
 */
public final class TopicRecords {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** How many offsets of a partition are looked at for its newest record, to begin with. */
    private static final long TAIL = 1_000;

    private final JobConfig config;
    private final List<TopicStretch> stretches;
    private final Map<TopicPartition, Long> from = new HashMap<>();
    private final Map<TopicPartition, Long> to = new HashMap<>();

    public TopicRecords(JobConfig config, List<TopicStretch> stretches) {
        this.config = config;
        this.stretches = stretches;
        for (TopicStretch stretch : stretches) {
            from.put(stretch.partition(), stretch.from());
            to.put(stretch.partition(), stretch.to());
        }
    }

    /**
     * Hands over every record, in this thread.
     *
     * @throws org.apache.kafka.common.KafkaException if Kafka refuses, or gives no answer for 60 s
     */
    public void forEach(Consumer<RawRecord> out) {
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        client(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            Map<TopicPartition, Long> left = new HashMap<>(to);
            consumer.assign(from.keySet());
            from.forEach(consumer::seek);
            long giveUp = System.nanoTime() + PATIENCE.toNanos();
            while (!left.isEmpty()) {
                long before = positions(consumer);
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    if (record.offset() < end(record)) {
                        out.accept(IngestDeserializer.raw(record));
                    }
                }
                // the end of a transaction takes an offset, too, and is no record
                left.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
                consumer.pause(
                        from.keySet().stream().filter(each -> !left.containsKey(each)).toList());
                if (positions(consumer) > before) {
                    giveUp = System.nanoTime() + PATIENCE.toNanos();
                } else if (System.nanoTime() - giveUp > 0) {
                    throw new TimeoutException("no answer for " + left.keySet());
                }
            }
        }
    }

    /**
     * The latest timestamp among the last records of each partition, epoch milliseconds; empty if
     * there are none. Kafka's own answer would count the ends of transactions, which carry the time
     * at which somebody wrote, not that of a record.
     */
    public OptionalLong newest() {
        Map<TopicPartition, Long> newest = new HashMap<>();
        List<TopicStretch> left = stretches;
        for (long reach = TAIL; !left.isEmpty(); reach *= 10) {
            long offsets = reach;
            new TopicRecords(config, left.stream().map(each -> each.last(offsets)).toList())
                    .forEach(
                            record ->
                                    newest.merge(
                                            new TopicPartition(record.origin(), record.partition()),
                                            record.receivedTime(),
                                            Math::max));
            left =
                    left.stream()
                            .filter(each -> !newest.containsKey(each.partition()))
                            .filter(each -> each.to() - each.from() > offsets)
                            .toList();
        }
        return newest.values().stream().mapToLong(Long::longValue).max();
    }

    private long positions(KafkaConsumer<byte[], byte[]> consumer) {
        return from.keySet().stream().mapToLong(consumer::position).sum();
    }

    private long end(ConsumerRecord<byte[], byte[]> record) {
        return to.getOrDefault(new TopicPartition(record.topic(), record.partition()), 0L);
    }

    /**
     * The records, decoded, as a stream that ends.
     *
     * @param source name in {@code sources.yaml}
     * @param until events after it, in epoch milliseconds, are left out
     */
    public DataStream<Ingested> stream(
            StreamExecutionEnvironment env, String source, DecoderSupplier decoders, long until) {
        String uid = OperatorIds.ingest(source);
        Properties client = client();
        client.setProperty(KafkaSourceOptions.CLIENT_ID_PREFIX.key(), "tributary-" + uid);
        KafkaSource<Ingested> kafka =
                KafkaSource.<Ingested>builder()
                        .setProperties(client)
                        .setPartitions(new HashSet<>(from.keySet()))
                        .setStartingOffsets(OffsetsInitializer.offsets(from))
                        .setBounded(OffsetsInitializer.offsets(to))
                        .setDeserializer(new HistoryDeserializer(decoders, until))
                        .build();
        return env.fromSource(kafka, WatermarkStrategy.noWatermarks(), uid).uid(uid);
    }

    private Properties client() {
        Properties client = config.kafkaClient();
        client.setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        client.setProperty(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        client.setProperty(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        client.setProperty(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        return client;
    }
}
