package io.tributary.job.connectors;

import io.tributary.customer.DefinitionsStatus;
import java.nio.charset.StandardCharsets;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** {@link DefinitionsStatus} to Kafka record. */
final class StatusSerializer implements KafkaRecordSerializationSchema<DefinitionsStatus> {

    private static final long serialVersionUID = 1L;

    private final String topic;

    StatusSerializer(String topic) {
        this.topic = topic;
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(
            DefinitionsStatus status, KafkaSinkContext context, @Nullable Long timestamp) {
        return new ProducerRecord<>(
                topic,
                status.key().getBytes(StandardCharsets.UTF_8),
                status.json().getBytes(StandardCharsets.UTF_8));
    }
}
