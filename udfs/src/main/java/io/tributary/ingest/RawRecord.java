package io.tributary.ingest;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a channel sent, untouched, and where it stood.
 *
 * @param origin topic, or path of a file
 * @param partition of the topic; -1 for files
 * @param position offset in the partition, or line of the file (the first is 1)
 * @param receivedTime the record's Kafka timestamp in epoch milliseconds; -1 if there is none
 * @param value null for a tombstone
 * @param headers by name; of several headers with one name the last
 */
@SuppressWarnings("ArrayRecordComponent")
public record RawRecord(
        String origin,
        int partition,
        long position,
        long receivedTime,
        byte @Nullable [] key,
        byte @Nullable [] value,
        Map<String, byte[]> headers) {

    /** A line of a file. */
    public static RawRecord line(String file, long number, byte[] value) {
        return new RawRecord(file, -1, number, -1, null, value, Map.of());
    }
}
