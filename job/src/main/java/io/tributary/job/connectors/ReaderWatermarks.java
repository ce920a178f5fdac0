package io.tributary.job.connectors;

import io.tributary.ingest.Ingested;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.util.clock.RelativeClock;

/**
 * Of a whole reader of a live source. Its partitions have generators of their own, so this one only
 * tells whether the reader has anything to wait for: a reader without a partition is idle.
 */
final class ReaderWatermarks implements WatermarkGenerator<Ingested> {

    private final long quiet;
    private final RelativeClock inputTime;
    private final ReadingProgress progress;

    private long lastPartition;
    private boolean idle;

    ReaderWatermarks(long quiet, RelativeClock inputTime, ReadingProgress progress) {
        this.quiet = quiet;
        this.inputTime = inputTime;
        this.progress = progress;
        this.lastPartition = inputTime.relativeTimeMillis();
    }

    @Override
    public void onEvent(Ingested ingested, long time, WatermarkOutput output) {
        lastPartition = inputTime.relativeTimeMillis();
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
        if (progress.hasPartitions()) {
            lastPartition = inputTime.relativeTimeMillis();
            if (idle) {
                idle = false;
                output.markActive();
            }
        } else if (inputTime.relativeTimeMillis() - lastPartition >= quiet) {
            idle = true;
            output.markIdle();
        }
    }
}
