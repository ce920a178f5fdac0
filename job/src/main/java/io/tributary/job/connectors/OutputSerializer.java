package io.tributary.job.connectors;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.event.CanonicalJson;
import io.tributary.event.EventTime;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * {@link OutputRecord} to Kafka record.
 *
 * <p>A document becomes a structured CloudEvent, or a tombstone, with its revision and its own time
 * as headers. A payload stays byte for byte; above {@link #MOST_PAYLOAD_BYTES} only its beginning
 * is kept, with the length and the SHA-256 of the whole as headers.
 */
public final class OutputSerializer implements KafkaRecordSerializationSchema<OutputRecord> {

    private static final long serialVersionUID = 1L;

    /** A record and its headers have to fit Kafka's default of 1 MiB. */
    public static final int MOST_PAYLOAD_BYTES = 900_000;

    public static final String REVISION = "revision";
    public static final String TIME = "time";
    public static final String LENGTH = "length";
    public static final String SHA_256 = "sha256";

    private static final byte[] DATA = utf8("{\"data\":");

    private final String prefix;

    /**
     * @param prefix of the topic names
     */
    public OutputSerializer(String prefix) {
        this.prefix = prefix;
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(
            OutputRecord record, KafkaSinkContext context, @Nullable Long timestamp) {
        return producerRecord(record);
    }

    /** The Kafka record, whose partition follows from its key and whose timestamp Kafka sets. */
    public ProducerRecord<byte[], byte[]> producerRecord(OutputRecord record) {
        boolean document = !record.output().eventType().isEmpty();
        byte[] value = record.value();
        byte[] written = value == null ? null : document ? cloudEvent(record, value) : cut(value);
        ProducerRecord<byte[], byte[]> kafka =
                new ProducerRecord<>(prefix + record.output().topic(), utf8(record.key()), written);
        record.headers().forEach((name, text) -> kafka.headers().add(name, utf8(text)));
        if (document) {
            kafka.headers().add(REVISION, utf8(Long.toString(record.revision())));
            kafka.headers().add(TIME, utf8(EventTime.format(record.time())));
        } else if (value != null && value.length > MOST_PAYLOAD_BYTES) {
            kafka.headers().add(LENGTH, utf8(Integer.toString(value.length)));
            kafka.headers().add(SHA_256, utf8(sha256(value)));
        }
        return kafka;
    }

    /** Canonical, as its data is: the keys in order, {@code data} first. */
    private static byte[] cloudEvent(OutputRecord record, byte[] data) {
        ObjectNode envelope = CanonicalJson.object();
        envelope.put("datacontenttype", "application/json");
        envelope.put("id", record.key() + "/" + record.revision());
        envelope.put("source", "/tributary");
        envelope.put("specversion", "1.0");
        envelope.put("subject", record.key());
        envelope.put("time", EventTime.format(record.time()));
        envelope.put("type", record.output().eventType());
        byte[] rest = CanonicalJson.bytes(envelope);
        byte[] event = new byte[DATA.length + data.length + rest.length];
        System.arraycopy(DATA, 0, event, 0, DATA.length);
        System.arraycopy(data, 0, event, DATA.length, data.length);
        System.arraycopy(rest, 0, event, DATA.length + data.length, rest.length);
        event[DATA.length + data.length] = ',';
        return event;
    }

    private static byte[] cut(byte[] payload) {
        return payload.length > MOST_PAYLOAD_BYTES
                ? Arrays.copyOf(payload, MOST_PAYLOAD_BYTES)
                : payload;
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
