package io.tributary.job.connectors;

import io.tributary.event.CustomerEvent;
import io.tributary.ingest.Decoder;
import io.tributary.ingest.Ingested;
import io.tributary.ingest.IngestedTypeInfo;
import java.util.Objects;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Kafka record to whatever the decoder makes of it, but no event after a time. */
final class HistoryDeserializer implements KafkaRecordDeserializationSchema<Ingested> {

    private static final long serialVersionUID = 1L;

    private final DecoderSupplier decoders;
    private final long until;
    private transient @Nullable Decoder decoder;

    /**
     * @param until the latest time of an event, epoch milliseconds
     */
    HistoryDeserializer(DecoderSupplier decoders, long until) {
        this.decoders = decoders;
        this.until = until;
    }

    @Override
    public void open(DeserializationSchema.InitializationContext context) {
        decoder = decoders.open();
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<Ingested> out) {
        Objects.requireNonNull(decoder)
                .decode(
                        IngestDeserializer.raw(record),
                        ingested -> {
                            CustomerEvent event = ingested.event();
                            if (event == null || event.time() <= until) {
                                out.collect(ingested);
                            }
                        });
    }

    @Override
    public TypeInformation<Ingested> getProducedType() {
        return new IngestedTypeInfo();
    }
}
