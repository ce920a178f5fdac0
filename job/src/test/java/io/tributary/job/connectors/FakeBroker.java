package io.tributary.job.connectors;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/** Partitions of records and of markers, which a reader never sees. */
final class FakeBroker implements Broker {

    private final Map<TopicPartition, Long> ends = new HashMap<>();
    private final Set<String> markers = new HashSet<>();
    private boolean hangs;

    void append(TopicPartition partition) {
        ends.merge(partition, 1L, Long::sum);
    }

    void appendMarker(TopicPartition partition) {
        markers.add(partition + "@" + ends.getOrDefault(partition, 0L));
        append(partition);
    }

    void hang(boolean whether) {
        hangs = whether;
    }

    @Override
    public Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> partitions) {
        if (hangs) {
            throw new TimeoutException("no answer");
        }
        return partitions.stream().collect(Collectors.toMap(p -> p, p -> ends.getOrDefault(p, 0L)));
    }

    @Override
    public boolean hasRecord(TopicPartition partition, long from, long end) {
        for (long offset = from; offset < end; offset++) {
            if (!markers.contains(partition + "@" + offset)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() {
        hangs = true;
    }
}
