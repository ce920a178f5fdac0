package io.tributary.job.connectors;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.flink.metrics.MetricGroup;
import org.apache.kafka.common.TopicPartition;

/**
 * How far one reader of a Kafka source got: which partitions it has, the next offset of each, and
 * since when nothing is left to read.
 *
 * <p>The reader, its deserialiser and its watermark generators are created apart from each other by
 * Flink; they find the one progress they share through their task attempt and operator. The task's
 * thread writes offsets, {@link LagProbe} writes what it learned of the broker.
 */
final class ReadingProgress {

    /** {@link #caughtUpAt} when it is not known. */
    static final long NEVER = Long.MIN_VALUE;

    private static final ConcurrentMap<String, ReadingProgress> OPEN = new ConcurrentHashMap<>();

    private final ConcurrentMap<TopicPartition, Long> nextOffsets = new ConcurrentHashMap<>();
    private long caughtUpAt = NEVER;
    private volatile boolean asked;
    private boolean hasMainGenerator;

    /** The progress of the reader that runs in {@code group}; created by the first who asks. */
    static ReadingProgress of(MetricGroup group) {
        return OPEN.computeIfAbsent(key(group), key -> new ReadingProgress());
    }

    /** Forgets the progress of the reader in {@code group}, which has closed. */
    static void close(MetricGroup group) {
        OPEN.remove(key(group));
    }

    private static String key(MetricGroup group) {
        Map<String, String> variables = group.getAllVariables();
        return variables.get("<task_attempt_id>") + "/" + variables.get("<operator_id>");
    }

    /** A partition came to this reader; {@code offset} is the first one it will read. */
    synchronized void assigned(TopicPartition partition, long offset) {
        nextOffsets.put(partition, offset);
        caughtUpAt = NEVER;
    }

    /** The record at {@code offset} was handed over, as an event or as rejected. */
    void delivered(TopicPartition partition, long offset) {
        nextOffsets.put(partition, offset + 1);
    }

    boolean hasPartitions() {
        return !nextOffsets.isEmpty();
    }

    /** A copy: the offset after the last delivered one, by partition. */
    Map<TopicPartition, Long> nextOffsets() {
        TreeMap<TopicPartition, Long> copy = new TreeMap<>(ReadingProgress::byTopicAndPartition);
        copy.putAll(nextOffsets);
        return copy;
    }

    private static int byTopicAndPartition(TopicPartition a, TopicPartition b) {
        int byTopic = a.topic().compareTo(b.topic());
        return byTopic == 0 ? Integer.compare(a.partition(), b.partition()) : byTopic;
    }

    /** Asks for the probe to look at the broker. */
    void ask() {
        asked = true;
    }

    /** Whether somebody asked since the last call. */
    boolean takeQuestion() {
        boolean was = asked;
        asked = false;
        return was;
    }

    /**
     * Everything that {@code partitions} held at {@code time} has been delivered. Without effect if
     * the reader's partitions have changed since.
     */
    synchronized void caughtUp(long time, Set<TopicPartition> partitions) {
        if (nextOffsets.keySet().equals(partitions)) {
            caughtUpAt = Math.max(caughtUpAt, time);
        }
    }

    /**
     * Newest known moment, in epoch milliseconds, up to which whatever Kafka held had been
     * delivered; {@link #NEVER} if unknown. It stands still while there is lag and while the broker
     * does not answer.
     */
    synchronized long caughtUpAt() {
        return caughtUpAt;
    }

    /**
     * Whether the caller is the first generator of this reader. Flink creates the reader's main
     * generator before those of its splits.
     */
    synchronized boolean takeMainGenerator() {
        boolean first = !hasMainGenerator;
        hasMainGenerator = true;
        return first;
    }
}
