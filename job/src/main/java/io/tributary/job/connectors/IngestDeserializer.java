package io.tributary.job.connectors;

import io.tributary.ingest.Decoder;
import io.tributary.ingest.Ingested;
import io.tributary.ingest.IngestedTypeInfo;
import io.tributary.ingest.RawRecord;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Kafka record to {@link RawRecord} to whatever the decoder makes of it; every record counts as
 * progress, whatever it was.
 */
final class IngestDeserializer implements KafkaRecordDeserializationSchema<Ingested> {

    private static final long serialVersionUID = 1L;

    private final DecoderSupplier decoders;
    private transient @Nullable Decoder decoder;
    private transient @Nullable ReadingProgress progress;

    IngestDeserializer(DecoderSupplier decoders) {
        this.decoders = decoders;
    }

    @Override
    public void open(DeserializationSchema.InitializationContext context) {
        decoder = decoders.open();
        progress = ReadingProgress.of(context.getMetricGroup());
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<Ingested> out) {
        Objects.requireNonNull(decoder).decode(raw(record), out::collect);
        Objects.requireNonNull(progress)
                .delivered(new TopicPartition(record.topic(), record.partition()), record.offset());
    }

    static RawRecord raw(ConsumerRecord<byte[], byte[]> record) {
        Map<String, byte[]> headers = new LinkedHashMap<>();
        for (Header header : record.headers()) {
            if (header.value() != null) {
                headers.put(header.key(), header.value());
            }
        }
        return new RawRecord(
                record.topic(),
                record.partition(),
                record.offset(),
                record.timestamp(),
                record.key(),
                record.value(),
                headers);
    }

    @Override
    public TypeInformation<Ingested> getProducedType() {
        return new IngestedTypeInfo();
    }
}
