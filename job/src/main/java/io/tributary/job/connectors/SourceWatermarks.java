package io.tributary.job.connectors;

import io.tributary.ingest.Ingested;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.TimestampAssigner;
import org.apache.flink.api.common.eventtime.TimestampAssignerSupplier;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkGeneratorSupplier;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;

/**
 * Watermarks of one source, made for each partition after decoding; the timestamp of a record is
 * its event's time, of a rejected one the least.
 */
final class SourceWatermarks implements WatermarkStrategy<Ingested> {

    private static final long serialVersionUID = 1L;

    private final boolean live;
    private final long delay;
    private final long quiet;

    private SourceWatermarks(boolean live, long delay, long quiet) {
        this.live = live;
        this.delay = delay;
        this.quiet = quiet;
    }

    /** Follows event time; with the wall clock once the partition is quiet and without lag. */
    static SourceWatermarks live(Duration delay, Duration quiet) {
        return new SourceWatermarks(true, delay.toMillis(), quiet.toMillis());
    }

    /** Never holds the watermark. */
    static SourceWatermarks batch() {
        return new SourceWatermarks(false, 0, 0);
    }

    @Override
    public WatermarkGenerator<Ingested> createWatermarkGenerator(
            WatermarkGeneratorSupplier.Context context) {
        if (!live) {
            return new IdleWatermarks<>();
        }
        ReadingProgress progress = ReadingProgress.of(context.getMetricGroup());
        return progress.takeMainGenerator()
                ? new ReaderWatermarks(quiet, context.getInputActivityClock(), progress)
                : new PartitionWatermarks(delay, quiet, context.getInputActivityClock(), progress);
    }

    @Override
    public TimestampAssigner<Ingested> createTimestampAssigner(
            TimestampAssignerSupplier.Context context) {
        return (ingested, kafkaTimestamp) -> {
            var event = ingested.event();
            return event == null ? Long.MIN_VALUE : event.time();
        };
    }
}
