package io.tributary.local;

import io.tributary.job.connectors.OutputRecord;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.CheckpointListener;

/**
 * Passes records on and, in every attempt but the last, fails between two checkpoints: some records
 * after one that completed.
 */
final class FailingOnce extends RichMapFunction<OutputRecord, OutputRecord>
        implements CheckpointListener {

    private static final long serialVersionUID = 1L;

    /** Failures so far of each test; the job runs in the test's own JVM. */
    private static final Map<String, AtomicInteger> FAILURES = new ConcurrentHashMap<>();

    private final String test;
    private final int failures;
    private final int recordsAfterCheckpoint;
    private transient boolean checkpointed;
    private transient int since;

    FailingOnce(String test, int failures, int recordsAfterCheckpoint) {
        this.test = test;
        this.failures = failures;
        this.recordsAfterCheckpoint = recordsAfterCheckpoint;
    }

    static int failuresOf(String test) {
        return FAILURES.getOrDefault(test, new AtomicInteger()).get();
    }

    @Override
    public void open(OpenContext context) {
        checkpointed = false;
        since = 0;
    }

    @Override
    public OutputRecord map(OutputRecord record) {
        if (checkpointed && ++since > recordsAfterCheckpoint) {
            AtomicInteger count = FAILURES.computeIfAbsent(test, key -> new AtomicInteger());
            if (count.get() < failures) {
                count.incrementAndGet();
                throw new IllegalStateException("injected failure " + count.get());
            }
        }
        return record;
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) {
        checkpointed = true;
    }
}
