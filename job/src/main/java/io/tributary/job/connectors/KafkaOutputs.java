package io.tributary.job.connectors;

import io.tributary.job.config.JobConfig;
import io.tributary.job.config.OperatorIds;
import io.tributary.job.config.TributaryOptions;
import java.util.Properties;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSink;
import org.apache.kafka.clients.producer.ProducerConfig;

/** One Kafka sink for each output. */
public final class KafkaOutputs {

    private static final String BATCH_BYTES = "131072";

    /** Milliseconds; nobody waits for what becomes visible with a checkpoint. */
    private static final String LINGER = "50";

    /** For decisions that are not held back until then. */
    private static final String AT_ONCE = "0";

    private KafkaOutputs() {}

    /** Writes {@code records}, all of which belong to {@code output}, to its topic. */
    public static DataStreamSink<OutputRecord> write(
            DataStream<OutputRecord> records, Output output, JobConfig config) {
        String uid = OperatorIds.sink(output.topic());
        return records.sinkTo(sink(output, config)).name(uid).uid(uid);
    }

    /** The sink of one output, with the guarantee that the configuration asks for. */
    public static KafkaSink<OutputRecord> sink(Output output, JobConfig config) {
        DeliveryGuarantee guarantee =
                output == Output.INTERVENTIONS
                        ? config.interventionsGuarantee()
                        : config.get(TributaryOptions.DELIVERY_GUARANTEE);
        long timeout = config.get(TributaryOptions.KAFKA_TRANSACTION_TIMEOUT).toMillis();
        Properties client = config.kafkaClient();
        client.setProperty(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, Long.toString(timeout));
        client.putIfAbsent(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        client.putIfAbsent(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
        boolean atOnce =
                output == Output.INTERVENTIONS && guarantee != DeliveryGuarantee.EXACTLY_ONCE;
        client.putIfAbsent(ProducerConfig.LINGER_MS_CONFIG, atOnce ? AT_ONCE : LINGER);
        return KafkaSink.<OutputRecord>builder()
                .setKafkaProducerConfig(client)
                .setBootstrapServers(config.get(TributaryOptions.KAFKA_BOOTSTRAP_SERVERS))
                .setDeliveryGuarantee(guarantee)
                .setTransactionalIdPrefix(
                        config.get(TributaryOptions.KAFKA_TRANSACTIONAL_ID_PREFIX)
                                + "-"
                                + output.topic())
                .setRecordSerializer(
                        new OutputSerializer(config.get(TributaryOptions.TOPICS_PREFIX)))
                .build();
    }
}
