package io.tributary.ingest;

import java.util.Arrays;
import java.util.Objects;

/**
 * A record, or one part of a batch, that did not become an event.
 *
 * @param detail for people; names fields and places, never an identifier or another value
 * @param source name in {@code sources.yaml}
 * @param origin topic or file
 * @param partition -1 for files
 * @param position offset or line
 * @param receivedTime Kafka timestamp; -1 for files
 * @param payload byte for byte: the whole value, or the part of a batch; empty for a tombstone
 */
@SuppressWarnings("ArrayRecordComponent")
public record Rejected(
        RejectionReason reason,
        String detail,
        String source,
        String origin,
        int partition,
        long position,
        long receivedTime,
        byte[] payload) {

    @Override
    public boolean equals(Object o) {
        return o instanceof Rejected other
                && reason == other.reason
                && detail.equals(other.detail)
                && source.equals(other.source)
                && origin.equals(other.origin)
                && partition == other.partition
                && position == other.position
                && receivedTime == other.receivedTime
                && Arrays.equals(payload, other.payload);
    }

    @Override
    public int hashCode() {
        return Objects.hash(reason, source, origin, partition, position);
    }

    /** Without the payload, which may hold what must not reach a log. */
    @Override
    public String toString() {
        return reason + " (" + detail + ") " + origin + "/" + partition + "/" + position;
    }
}
