package io.tributary.job.connectors;

import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out whether a reader has delivered all that Kafka holds. The moment before the broker is
 * asked is the one that counts, so the answer stays true however long it took.
 */
final class LagProbe {

    private static final Logger LOG = LoggerFactory.getLogger(LagProbe.class);

    private final ReadingProgress progress;
    private final Broker broker;
    private final LongSupplier wallClock;
    private boolean reachable = true;

    /**
     * @param wallClock epoch milliseconds
     */
    LagProbe(ReadingProgress progress, Broker broker, LongSupplier wallClock) {
        this.progress = progress;
        this.broker = broker;
        this.wallClock = wallClock;
    }

    /** Looks once, if a generator asked. */
    void look() {
        if (!progress.takeQuestion() || !progress.hasPartitions()) {
            return;
        }
        long before = wallClock.getAsLong();
        try {
            Map<TopicPartition, Long> ends = broker.endOffsets(progress.nextOffsets().keySet());
            Map<TopicPartition, Long> delivered = progress.nextOffsets();
            if (delivered.entrySet().stream().allMatch(next -> hasNoLag(next, ends))) {
                progress.caughtUp(before, delivered.keySet());
            }
            reachable = true;
        } catch (KafkaException e) {
            if (reachable) {
                LOG.warn("Kafka does not answer; the watermark of quiet partitions holds", e);
            }
            reachable = false;
        }
    }

    private boolean hasNoLag(Map.Entry<TopicPartition, Long> next, Map<TopicPartition, Long> ends) {
        Long end = ends.get(next.getKey());
        return end != null
                && (next.getValue() >= end
                        || !broker.hasRecord(next.getKey(), next.getValue(), end));
    }
}
