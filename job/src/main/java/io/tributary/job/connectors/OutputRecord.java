package io.tributary.job.connectors;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One record on its way out.
 *
 * @param output which topic
 * @param key record key and document id; for rejected and late the coordinates of the input
 * @param value for CloudEvents outputs the canonical JSON of {@code data} (a JSON object), null for
 *     a tombstone; for rejected and late the payload byte for byte
 * @param time the document's own time in epoch milliseconds; chooses the monthly index, never moves
 * @param revision rises with every change of the document with this key; 0 for rejected and late
 * @param headers Kafka headers, UTF-8
 */
public record OutputRecord(
        Output output,
        String key,
        byte @Nullable [] value,
        long time,
        long revision,
        Map<String, String> headers) {}
