package io.tributary.job;

import io.tributary.event.CustomerEvent;
import io.tributary.identity.SimulatedWorld;
import io.tributary.ingest.Ingested;
import java.util.List;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * A simulated world's events by their number, with the highest watermark that makes none of them
 * late. In the first attempt it fails at the first event after a checkpoint.
 */
final class FailingFeed extends AbstractStreamOperator<Ingested>
        implements OneInputStreamOperator<Long, Ingested> {

    private static final long serialVersionUID = 1L;

    /** Accumulates the number of subtasks in an attempt after the first one. */
    static final String RESTARTED = "restarted";

    private final long seed;

    private transient List<CustomerEvent> events;

    /** Time of the oldest event from each one on. */
    private transient long[] oldest;

    private transient boolean fails;
    private transient boolean checkpointed;

    @SuppressWarnings("NullAway.Init") // open() comes before everything else
    FailingFeed(long seed) {
        this.seed = seed;
    }

    @Override
    public void open() throws Exception {
        super.open();
        events = new SimulatedWorld(seed).events();
        oldest = new long[events.size() + 1];
        oldest[events.size()] = Long.MAX_VALUE;
        for (int i = events.size() - 1; i >= 0; i--) {
            oldest[i] = Math.min(oldest[i + 1], events.get(i).time());
        }
        int attempt = getRuntimeContext().getTaskInfo().getAttemptNumber();
        fails = attempt == 0;
        getRuntimeContext().getIntCounter(RESTARTED).add(attempt);
    }

    @Override
    public void processElement(StreamRecord<Long> element) {
        if (fails && checkpointed) {
            throw new IllegalStateException("an injected failure");
        }
        int number = Math.toIntExact(element.getValue());
        CustomerEvent event = events.get(number);
        output.collect(new StreamRecord<>(Ingested.accepted(event, true, List.of()), event.time()));
        output.emitWatermark(new Watermark(oldest[number + 1] - 1));
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) throws Exception {
        super.notifyCheckpointComplete(checkpointId);
        checkpointed = true;
    }
}
