package io.tributary.job.connectors;

import java.util.Comparator;
import org.apache.kafka.common.TopicPartition;

/**
 * What is read of one partition.
 *
 * @param from first offset
 * @param to offset at which reading ends, excluded
 */
public record TopicStretch(TopicPartition partition, long from, long to) {

    static final Comparator<TopicStretch> BY_PARTITION =
            Comparator.comparing((TopicStretch stretch) -> stretch.partition.topic())
                    .thenComparingInt(stretch -> stretch.partition.partition());

    public String topic() {
        return partition.topic();
    }

    /** The last offsets of it, at most so many. */
    TopicStretch last(long offsets) {
        return new TopicStretch(partition, Math.max(from, to - offsets), to);
    }

    boolean isEmpty() {
        return from >= to;
    }
}
