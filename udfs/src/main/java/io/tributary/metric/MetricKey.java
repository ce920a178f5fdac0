package io.tributary.metric;

import io.tributary.event.EventTime;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/**
 * What is counted, for which minute and which values of its dimensions.
 *
 * @param start of the window, epoch milliseconds
 * @param dimensions sorted by name
 */
record MetricKey(String name, long start, Map<String, String> dimensions) {

    private static final int ID_BYTES = 16;

    /** End of the window, excluded, epoch milliseconds. */
    long end() {
        return start + MetricDelta.WINDOW_MILLIS;
    }

    /**
     * The document's id: the first 128 bits of a SHA-256 as 32 hex digits. What is hashed are the
     * strings of the document, each as UTF-8 after its length in bytes (four bytes, big-endian):
     * name, start, end, then name and value of each dimension in order.
     */
    String id() {
        MessageDigest digest = sha256();
        update(digest, name);
        update(digest, EventTime.format(start));
        update(digest, EventTime.format(end()));
        dimensions.forEach(
                (dimension, value) -> {
                    update(digest, dimension);
                    update(digest, value);
                });
        return HexFormat.of().formatHex(digest.digest(), 0, ID_BYTES);
    }

    private static void update(MessageDigest digest, String part) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
        digest.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
