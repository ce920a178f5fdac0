package io.tributary.job.connectors;

import io.tributary.ingest.Ingested;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.util.clock.RelativeClock;

/**
 * Of one partition of a live source: stays {@code delay} behind the newest event.
 *
 * <p>When the partition has been quiet for {@code quiet} of input time (time in which the reader
 * was not held back), it stays {@code delay} behind the moment up to which the reader is known to
 * have delivered everything Kafka held. That moment moves with the wall clock while there is no lag
 * and stands still while there is lag or the broker does not answer; so a quiet night fires
 * absences, a lost connection does not.
 */
final class PartitionWatermarks implements WatermarkGenerator<Ingested> {

    private final long delay;
    private final long quiet;
    private final RelativeClock inputTime;
    private final ReadingProgress progress;

    private long newestEvent = Long.MIN_VALUE;
    private long lastActivity;
    private long emitted = Long.MIN_VALUE;

    /**
     * @param delay milliseconds
     * @param quiet milliseconds
     */
    PartitionWatermarks(long delay, long quiet, RelativeClock inputTime, ReadingProgress progress) {
        this.delay = delay;
        this.quiet = quiet;
        this.inputTime = inputTime;
        this.progress = progress;
        this.lastActivity = inputTime.relativeTimeMillis();
    }

    @Override
    public void onEvent(Ingested ingested, long time, WatermarkOutput output) {
        newestEvent = Math.max(newestEvent, time);
        lastActivity = inputTime.relativeTimeMillis();
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
        long watermark = behind(newestEvent);
        if (inputTime.relativeTimeMillis() - lastActivity >= quiet) {
            progress.ask();
            watermark = Math.max(watermark, behind(progress.caughtUpAt()));
        }
        if (watermark > emitted) {
            emitted = watermark;
            output.emitWatermark(new Watermark(watermark));
        }
    }

    /** An event at {@code time - delay} is still on time. */
    private long behind(long time) {
        return time == Long.MIN_VALUE ? Long.MIN_VALUE : time - delay - 1;
    }
}
