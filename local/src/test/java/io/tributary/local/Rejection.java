package io.tributary.local;

import io.tributary.job.connectors.OutputSerializer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * A record of the rejected topic.
 *
 * @param bytes SHA-256 of the payload that is kept
 * @param length header of that name, null where the payload is whole
 * @param sha256 header of that name, null where the payload is whole
 */
record Rejection(
        String reason,
        String source,
        String origin,
        String partition,
        String position,
        String bytes,
        @Nullable String length,
        @Nullable String sha256) {

    static Rejection of(ConsumerRecord<byte[], byte[]> record) {
        Map<String, String> headers = Topics.headers(record);
        return new Rejection(
                headers.getOrDefault("reason", ""),
                headers.getOrDefault("source", ""),
                headers.getOrDefault("origin", ""),
                headers.getOrDefault("partition", ""),
                headers.getOrDefault("position", ""),
                hash(record.value()),
                headers.get(OutputSerializer.LENGTH),
                headers.get(OutputSerializer.SHA_256));
    }

    /** A tombstone is kept as no bytes, a large payload as its beginning. */
    static Rejection expected(Poison poison, String source, RecordMetadata place) {
        byte[] value = poison.value() == null ? new byte[0] : poison.value();
        boolean whole = value.length <= OutputSerializer.MOST_PAYLOAD_BYTES;
        byte[] kept = whole ? value : Arrays.copyOf(value, OutputSerializer.MOST_PAYLOAD_BYTES);
        return new Rejection(
                poison.reason().word(),
                source,
                place.topic(),
                Integer.toString(place.partition()),
                Long.toString(place.offset()),
                hash(kept),
                whole ? null : Integer.toString(value.length),
                whole ? null : hash(value));
    }

    private static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
