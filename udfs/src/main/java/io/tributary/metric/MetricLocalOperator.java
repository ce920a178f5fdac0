package io.tributary.metric;

import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Adds up deltas on each subtask before they are sent to their key, so that a busy metric costs the
 * network one record a watermark and not one an event.
 *
 * <p>Holds no state: what is buffered goes out before every watermark, before every checkpoint
 * barrier, at the end of the input, and when {@value #MAX_BUFFERED} sums are held.
 */
public final class MetricLocalOperator extends AbstractStreamOperator<MetricDelta>
        implements OneInputStreamOperator<MetricDelta, MetricDelta> {

    private static final long serialVersionUID = 1L;

    /** Bound of the heap: a few hundred bytes each. */
    static final int MAX_BUFFERED = 10_000;

    private transient MetricBuffer buffer;

    @SuppressWarnings("NullAway.Init") // open() comes before everything else
    public MetricLocalOperator() {}

    @Override
    public void open() throws Exception {
        super.open();
        buffer = new MetricBuffer();
    }

    @Override
    public void processElement(StreamRecord<MetricDelta> element) {
        buffer.add(element.getValue());
        if (buffer.size() >= MAX_BUFFERED) {
            flush();
        }
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        flush();
        super.processWatermark(mark);
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
        buffer.drain().forEach(delta -> output.collect(new StreamRecord<>(delta, delta.start())));
    }
}
