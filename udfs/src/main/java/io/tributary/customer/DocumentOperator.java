package io.tributary.customer;

import io.tributary.journey.CustomerDocument;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.tasks.ProcessingTimeService;

/**
 * Of the documents that one customer gets in quick succession, lets only the newest out: a busy
 * customer costs the topic one record an interval and not one an event.
 *
 * <p>Stands behind the customer operator in the same task, so that all documents of a customer meet
 * here. Holds no state: what is buffered goes out after the interval, before every checkpoint
 * barrier, at the end of the input, and when {@value #MAX_BUFFERED} documents are held.
 */
public final class DocumentOperator extends AbstractStreamOperator<CustomerDocument>
        implements OneInputStreamOperator<CustomerDocument, CustomerDocument> {

    private static final long serialVersionUID = 1L;

    /** Bound of the heap: about a kilobyte each. */
    static final int MAX_BUFFERED = 10_000;

    private final long intervalMillis;

    private transient Map<String, StreamRecord<CustomerDocument>> newest;
    private transient boolean flushIsDue;

    /**
     * @param interval longest time that a document waits, processing time
     */
    @SuppressWarnings("NullAway.Init") // open() comes before everything else
    public DocumentOperator(Duration interval) {
        this.intervalMillis = interval.toMillis();
    }

    @Override
    public void open() throws Exception {
        super.open();
        newest = new LinkedHashMap<>();
    }

    @Override
    public void processElement(StreamRecord<CustomerDocument> element) {
        newest.put(element.getValue().customer(), element.copy(element.getValue()));
        if (newest.size() >= MAX_BUFFERED) {
            flush();
        } else if (!flushIsDue) {
            flushIsDue = true;
            ProcessingTimeService clock = getProcessingTimeService();
            clock.registerTimer(
                    clock.getCurrentProcessingTime() + intervalMillis,
                    time -> {
                        flushIsDue = false;
                        flush();
                    });
        }
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        flush();
        super.prepareSnapshotPreBarrier(checkpointId);
    }

    @Override
    public void finish() throws Exception {
        flush();
        super.finish();
    }

    private void flush() {
        newest.values().forEach(output::collect);
        newest.clear();
    }
}
