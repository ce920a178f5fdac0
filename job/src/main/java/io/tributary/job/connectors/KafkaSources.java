package io.tributary.job.connectors;

import io.tributary.ingest.Ingested;
import io.tributary.ingest.SourceConfig;
import io.tributary.job.config.JobConfig;
import io.tributary.job.config.OperatorIds;
import io.tributary.job.config.StartingPoint;
import io.tributary.job.config.TributaryOptions;
import java.util.List;
import java.util.Properties;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceOptions;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/** The Kafka sources of {@code sources.yaml}, and those that read what the job wrote. */
public final class KafkaSources {

    private static final String DISCOVERY_MILLIS = "60000";

    private KafkaSources() {}

    /**
     * Reads and decodes the topics of one source.
     *
     * @param decoders makes the source's decoder in each reader
     */
    public static SingleOutputStreamOperator<Ingested> ingest(
            StreamExecutionEnvironment env,
            SourceConfig source,
            DecoderSupplier decoders,
            JobConfig config) {
        Properties client = client(config, source.name());
        KafkaSource<Ingested> kafka =
                source(
                        client,
                        source.topics(),
                        config.get(TributaryOptions.SOURCE_START),
                        new IngestDeserializer(decoders));
        TrackedKafkaSource<Ingested> tracked =
                new TrackedKafkaSource<>(
                        kafka, client, config.get(TributaryOptions.WATERMARK_PROBE_INTERVAL));
        String uid = OperatorIds.ingest(source.name());
        return env.fromSource(tracked, watermarks(source.mode(), config), uid).uid(uid);
    }

    private static SourceWatermarks watermarks(SourceConfig.Mode mode, JobConfig config) {
        return mode == SourceConfig.Mode.BATCH
                ? SourceWatermarks.batch()
                : SourceWatermarks.live(
                        config.get(TributaryOptions.WATERMARK_DELAY),
                        config.get(TributaryOptions.WATERMARK_QUIET));
    }

    /** A source of committed records of {@code topics}, which without a checkpoint starts there. */
    public static <T> KafkaSource<T> source(
            Properties client,
            List<String> topics,
            StartingPoint start,
            KafkaRecordDeserializationSchema<T> deserializer) {
        return KafkaSource.<T>builder()
                .setProperties(client)
                .setTopics(topics)
                .setDeserializer(deserializer)
                .setStartingOffsets(new StartingOffsets(start))
                .build();
    }

    /**
     * Consumer properties: what the user set, a group and a client id of its own, committed records
     * only.
     *
     * @param name of the source
     */
    public static Properties client(JobConfig config, String name) {
        Properties client = config.kafkaClient();
        String group = config.get(TributaryOptions.KAFKA_GROUP_ID) + "-" + name;
        client.setProperty(ConsumerConfig.GROUP_ID_CONFIG, group);
        client.setProperty(KafkaSourceOptions.CLIENT_ID_PREFIX.key(), group);
        client.setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        client.putIfAbsent(
                KafkaSourceOptions.PARTITION_DISCOVERY_INTERVAL_MS.key(), DISCOVERY_MILLIS);
        return client;
    }
}
