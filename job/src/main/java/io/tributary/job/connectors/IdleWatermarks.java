package io.tributary.job.connectors;

import io.tributary.ingest.Ingested;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;

/** Of a batch source: it says nothing of time and nobody waits for it. */
final class IdleWatermarks implements WatermarkGenerator<Ingested> {

    @Override
    public void onEvent(Ingested ingested, long time, WatermarkOutput output) {
        // a nightly export tells what was, not what time it is: no watermark follows from it
        output.markIdle();
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
        output.markIdle();
    }
}
