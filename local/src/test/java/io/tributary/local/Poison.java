package io.tributary.local;

import io.tributary.ingest.RejectionReason;
import io.tributary.ingest.SourceConfig;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A value that no decoder may accept.
 *
 * @param value null for a tombstone
 */
@SuppressWarnings("ArrayRecordComponent")
record Poison(RejectionReason reason, byte @Nullable [] value) {

    private static final int DEEP = 10_000;
    private static final byte FIRST_OF_TWO_BYTES = (byte) 0xC3;

    /** Everything in one size, without the values that are too large. */
    static List<Poison> corpus(int number) {
        String who = "\"messageId\":\"poison-" + number + "\",\"userId\":\"poison\"";
        String head = "{\"type\":\"track\",\"event\":\"Cart Viewed\"," + who;
        String time = ",\"timestamp\":\"2026-03-01T09:00:00Z\"";
        List<Poison> all = new ArrayList<>();
        all.add(new Poison(RejectionReason.TOMBSTONE, null));
        all.add(new Poison(RejectionReason.NOT_UTF8, truncated(head + time + ",\"note\":\"caf")));
        all.add(of(RejectionReason.NOT_JSON, ""));
        all.add(of(RejectionReason.NOT_JSON, head + time));
        all.add(of(RejectionReason.TOO_DEEP, "{\"a\":".repeat(DEEP) + number));
        all.add(of(RejectionReason.TOO_DEEP, "[" + number + "," + "[".repeat(DEEP)));
        all.add(of(RejectionReason.NOT_A_NUMBER, head + time + ",\"properties\":{\"value\":NaN}}"));
        all.add(of(RejectionReason.DUPLICATE_KEY, head + time + ",\"userId\":\"twice\"}"));
        all.add(
                of(
                        RejectionReason.WRONG_TYPE,
                        "{\"type\":\"track\",\"event\":" + number + time + ",\"userId\":\"u\"}"));
        all.add(of(RejectionReason.WRONG_TYPE, head + time + ",\"properties\":\"none\"}"));
        all.add(
                of(
                        RejectionReason.MISSING_ID,
                        "{\"specversion\":\"1.0\",\"source\":\"/s\",\"type\":\"page\",\"subject\":\"u"
                                + number
                                + "\"}"));
        all.add(
                of(
                        RejectionReason.MISSING_IDENTIFIER,
                        "{\"type\":\"track\",\"event\":\"Cart Viewed\",\"messageId\":\"poison-"
                                + number
                                + "\""
                                + time
                                + "}"));
        all.add(of(RejectionReason.EPOCH_ZERO, head + ",\"timestamp\":0}"));
        all.add(of(RejectionReason.SECONDS_FOR_MILLISECONDS, head + ",\"timestamp\":1772355600}"));
        all.add(
                of(
                        RejectionReason.TIME_IN_FUTURE,
                        head
                                + ",\"timestamp\":\"2027-03-01T09:00:00Z\""
                                + ",\"receivedAt\":\"2026-03-01T09:00:00Z\"}"));
        return all;
    }

    /** One byte more than a source takes: a good event but for its length. */
    static Poison oversize(int number) {
        byte[] value = new byte[SourceConfig.DEFAULT_MAX_BYTES + 1];
        Arrays.fill(value, (byte) ' ');
        byte[] event =
                ("{\"type\":\"page\",\"userId\":\"poison\",\"timestamp\":\"2026-03-01T09:00:00Z\","
                                + "\"messageId\":\"oversize-"
                                + number
                                + "\"}")
                        .getBytes(StandardCharsets.UTF_8);
        System.arraycopy(event, 0, value, 0, event.length);
        return new Poison(RejectionReason.TOO_LARGE, value);
    }

    private static Poison of(RejectionReason reason, String text) {
        return new Poison(reason, text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] truncated(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        bytes.write(FIRST_OF_TWO_BYTES);
        return bytes.toByteArray();
    }
}
