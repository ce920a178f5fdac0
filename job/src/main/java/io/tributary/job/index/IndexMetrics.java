package io.tributary.job.index;

import java.time.Clock;
import java.time.Duration;
import java.util.TreeMap;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * What an index writer tells of itself; times are milliseconds.
 *
 * <p>{@code lag} is the age, from the Kafka timestamp, of the oldest document of the last bulk
 * request. While documents wait it grows with the clock; a minute after the last request was
 * settled there is nothing to index, and it is 0.
 */
final class IndexMetrics {

    static final Duration QUIET = Duration.ofMinutes(1);

    private static final long NONE = Long.MAX_VALUE;

    private final Clock clock;
    private final Counter stored;
    private final Counter retried;
    private final Counter rejected;
    private volatile long bulkTime;

    // guarded by this
    private final TreeMap<Long, Integer> inFlight = new TreeMap<>();
    private long oldestBusy = NONE;
    private long lastAge;
    private long answeredAt;

    IndexMetrics(MetricGroup group, Clock clock) {
        this.clock = clock;
        MetricGroup index = group.addGroup("index");
        stored = index.counter("stored");
        retried = index.counter("retried");
        rejected = index.counter("rejected");
        index.gauge("bulkTime", () -> bulkTime);
        index.gauge("lag", this::lag);
        answeredAt = clock.millis();
    }

    /**
     * A bulk request goes out.
     *
     * @param written Kafka timestamp of its oldest document, epoch milliseconds
     */
    synchronized void sent(long written) {
        inFlight.merge(written, 1, Integer::sum);
    }

    /**
     * A bulk request was answered.
     *
     * @param took from sending to the whole answer
     * @param written Kafka timestamp of its oldest document, epoch milliseconds
     */
    synchronized void answered(BulkAnswer answer, long took, long written) {
        stored.inc(answer.stored());
        retried.inc(answer.busy().size());
        bulkTime = took;
        inFlight.computeIfPresent(written, (at, count) -> count == 1 ? null : count - 1);
        oldestBusy = answer.busy().stream().mapToLong(IndexRequest::written).min().orElse(NONE);
        answeredAt = clock.millis();
        lastAge = answeredAt - written;
    }

    synchronized void rejected() {
        rejected.inc();
    }

    private synchronized long lag() {
        long now = clock.millis();
        long oldest = Math.min(oldestBusy, inFlight.isEmpty() ? NONE : inFlight.firstKey());
        if (oldest != NONE) {
            return Math.max(0, now - oldest);
        }
        return now - answeredAt > QUIET.toMillis() ? 0 : Math.max(0, lastAge);
    }
}
