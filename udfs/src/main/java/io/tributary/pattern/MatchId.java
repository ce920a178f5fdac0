package io.tributary.pattern;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * The name of a match: the first 128 bits of SHA-256, 32 hex digits, over the pattern id and then,
 * in definition order, the name, the number of events and the event ids of each step that took
 * events. Each text is UTF-8 after its length in bytes; lengths and numbers are 4 bytes, big
 * endian.
 */
public final class MatchId {

    private static final int BYTES = 16;

    private MatchId() {}

    /**
     * @param events step name to event ids, in definition order
     */
    public static String of(String pattern, Map<String, List<String>> events) {
        MessageDigest digest = sha256();
        text(digest, pattern);
        events.forEach(
                (step, ids) -> {
                    text(digest, step);
                    number(digest, ids.size());
                    ids.forEach(id -> text(digest, id));
                });
        return HexFormat.of().formatHex(digest.digest(), 0, BYTES);
    }

    /** 64 bits that differ where one of the texts differs. */
    static long fingerprint(String... texts) {
        MessageDigest digest = sha256();
        for (String text : texts) {
            text(digest, text);
        }
        return ByteBuffer.wrap(digest.digest()).getLong();
    }

    private static void text(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        number(digest, bytes.length);
        digest.update(bytes);
    }

    private static void number(MessageDigest digest, int number) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(number).array());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
