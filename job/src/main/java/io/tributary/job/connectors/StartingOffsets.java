package io.tributary.job.connectors;

import io.tributary.job.config.StartingPoint;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;

/**
 * A {@link StartingPoint} as offsets. They are resolved when a partition is found, so that every
 * split says from the start where it begins.
 */
@SuppressWarnings("deprecation")
final class StartingOffsets implements OffsetsInitializer {

    private static final long serialVersionUID = 1L;

    private final StartingPoint start;

    StartingOffsets(StartingPoint start) {
        this.start = start;
    }

    @Override
    public Map<TopicPartition, Long> getPartitionOffsets(
            Collection<TopicPartition> partitions, PartitionOffsetsRetriever kafka) {
        if (start == StartingPoint.LATEST) {
            return kafka.endOffsets(partitions);
        }
        Map<TopicPartition, Long> earliest = kafka.beginningOffsets(partitions);
        if (start == StartingPoint.EARLIEST) {
            return earliest;
        }
        Map<TopicPartition, Long> committed = kafka.committedOffsets(partitions);
        return partitions.stream()
                .collect(
                        Collectors.toMap(
                                partition -> partition,
                                partition ->
                                        laterOf(
                                                earliest.getOrDefault(partition, 0L),
                                                committed.getOrDefault(partition, 0L))));
    }

    /** A commit from before what retention has deleted says nothing any more. */
    private static long laterOf(long earliest, long committed) {
        return Math.max(earliest, committed);
    }

    @Override
    public OffsetResetStrategy getAutoOffsetResetStrategy() {
        return OffsetResetStrategy.EARLIEST;
    }
}
