package io.tributary.job.connectors;

import java.util.Collection;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** What {@link LagProbe} asks of Kafka. Every method may throw a {@code KafkaException}. */
interface Broker extends AutoCloseable {

    /** The end of what a reader of committed records can see, by partition. */
    Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> partitions);

    /**
     * Whether a reader at {@code from} would find a record before {@code end}. Offsets may also be
     * taken by transaction markers, or be empty after compaction.
     */
    boolean hasRecord(TopicPartition partition, long from, long end);

    @Override
    void close();
}
