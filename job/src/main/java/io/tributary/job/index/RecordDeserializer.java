package io.tributary.job.index;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** {@link RecordReader} in a Kafka source. */
final class RecordDeserializer implements KafkaRecordDeserializationSchema<IndexRequest> {

    private static final long serialVersionUID = 1L;

    private final RecordReader reader;

    RecordDeserializer(RecordReader reader) {
        this.reader = reader;
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<IndexRequest> out) {
        out.collect(reader.read(record));
    }

    @Override
    public TypeInformation<IndexRequest> getProducedType() {
        return TypeInformation.of(IndexRequest.class);
    }
}
