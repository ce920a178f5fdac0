package io.tributary.job.index;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** What an index writer tells of itself; times are milliseconds. */
final class IndexMetrics {

    private final Counter stored;
    private final Counter retried;
    private final Counter rejected;
    private volatile long bulkTime;
    private volatile long lag;

    IndexMetrics(MetricGroup group) {
        MetricGroup index = group.addGroup("index");
        stored = index.counter("stored");
        retried = index.counter("retried");
        rejected = index.counter("rejected");
        index.gauge("bulkTime", () -> bulkTime);
        index.gauge("lag", () -> lag);
    }

    /**
     * A bulk request was answered.
     *
     * @param took from sending to the whole answer
     * @param age of the oldest document in it, from its Kafka timestamp to now
     */
    synchronized void answered(BulkAnswer answer, long took, long age) {
        stored.inc(answer.stored());
        retried.inc(answer.busy().size());
        bulkTime = took;
        lag = Math.max(0, age);
    }

    synchronized void rejected() {
        rejected.inc();
    }
}
