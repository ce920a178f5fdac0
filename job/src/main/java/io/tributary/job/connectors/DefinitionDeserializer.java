package io.tributary.job.connectors;

import io.tributary.customer.DefinitionRecord;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** A record of the definitions topic: key and value are UTF-8 text. */
final class DefinitionDeserializer implements KafkaRecordDeserializationSchema<DefinitionRecord> {

    private static final long serialVersionUID = 1L;

    /** Header with what the author calls the text; without it messages name the key. */
    static final String FILE = "file";

    @Override
    public void deserialize(
            ConsumerRecord<byte[], byte[]> record, Collector<DefinitionRecord> out) {
        String key = text(record.key());
        Header file = record.headers().lastHeader(FILE);
        String name = file == null ? null : text(file.value());
        out.collect(
                new DefinitionRecord(
                        key == null ? "" : key,
                        text(record.value()),
                        name == null ? String.valueOf(key) : name,
                        record.timestamp(),
                        record.offset()));
    }

    private static @Nullable String text(byte @Nullable [] bytes) {
        return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public TypeInformation<DefinitionRecord> getProducedType() {
        return TypeInformation.of(DefinitionRecord.class);
    }
}
