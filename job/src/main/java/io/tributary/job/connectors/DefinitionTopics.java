package io.tributary.job.connectors;

import io.tributary.customer.DefinitionRecord;
import io.tributary.customer.DefinitionsStatus;
import io.tributary.definition.Problems;
import io.tributary.job.config.ConfigException;
import io.tributary.job.config.JobConfig;
import io.tributary.job.config.OperatorIds;
import io.tributary.job.config.StartingPoint;
import io.tributary.job.config.TributaryOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.common.KafkaException;

/**
 * The topic that definitions are deployed through, and the one that says what became of them. Both
 * have one partition, whatever the others have: what came later wins.
 */
public final class DefinitionTopics {

    /** Without the prefix. */
    public static final String DEFINITIONS = "definitions";

    /** Without the prefix. */
    public static final String STATUS = "definitions-status";

    private static final String TOPICS = "topics.yaml";

    private DefinitionTopics() {}

    /** The name of one of the two, with the configured prefix. */
    public static String name(String topic, JobConfig config) {
        return config.get(TributaryOptions.TOPICS_PREFIX) + topic;
    }

    /**
     * Creates them where they are missing, as {@code deploy/kafka/topics.yaml} has them: a job
     * cannot start without.
     *
     * @throws ConfigException if Kafka refuses or does not answer
     */
    public static void createMissing(JobConfig config) throws InterruptedException {
        List<TopicSpec> wanted =
                TopicSpec.read(TOPICS, text(), new Problems()).stream()
                        .filter(s -> s.name().equals(DEFINITIONS) || s.name().equals(STATUS))
                        .toList();
        try {
            new TopicCreator(config, 1).createMissing(wanted);
        } catch (KafkaException e) {
            throw new ConfigException(
                    "there is no topic "
                            + name(DEFINITIONS, config)
                            + " or "
                            + name(STATUS, config)
                            + " and it cannot be created: "
                            + e.getCause(),
                    e);
        }
    }

    private static String text() {
        try (InputStream in = DefinitionTopics.class.getResourceAsStream(TOPICS)) {
            return new String(
                    Objects.requireNonNull(in, TOPICS).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What was deployed, oldest first, to every reader in the same order. */
    public static DataStream<DefinitionRecord> read(
            StreamExecutionEnvironment env, JobConfig config) {
        Properties client = KafkaSources.client(config, DEFINITIONS);
        return env.fromSource(
                        KafkaSources.source(
                                client,
                                List.of(name(DEFINITIONS, config)),
                                StartingPoint.EARLIEST,
                                new DefinitionDeserializer()),
                        WatermarkStrategy.<DefinitionRecord>forGenerator(
                                context -> new IdleWatermarks<>()),
                        OperatorIds.DEFINITIONS)
                .uid(OperatorIds.DEFINITIONS)
                .setParallelism(1);
    }

    /**
     * Writes answers at once, and again after a failure: somebody waits, and the newest of a key
     * holds.
     */
    public static void write(DataStream<DefinitionsStatus> status, JobConfig config) {
        String uid = OperatorIds.sink(STATUS);
        status.sinkTo(
                        KafkaSink.<DefinitionsStatus>builder()
                                .setKafkaProducerConfig(config.kafkaClient())
                                .setBootstrapServers(
                                        config.get(TributaryOptions.KAFKA_BOOTSTRAP_SERVERS))
                                .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
                                .setRecordSerializer(new StatusSerializer(name(STATUS, config)))
                                .build())
                .name(uid)
                .uid(uid);
    }
}
