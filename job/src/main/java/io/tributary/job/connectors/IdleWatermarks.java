package io.tributary.job.connectors;

import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;

/** Of a batch source or of definitions: it says nothing of time and nobody waits for it. */
final class IdleWatermarks<T> implements WatermarkGenerator<T> {

    @Override
    public void onEvent(T record, long time, WatermarkOutput output) {
        // a nightly export tells what was, not what time it is: no watermark follows from it
        output.markIdle();
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
        output.markIdle();
    }
}
