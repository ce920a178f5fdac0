package io.tributary.job.connectors;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkOutput;

/** Remembers what a generator says. */
final class RecordedWatermarks implements WatermarkOutput {

    final List<String> said = new ArrayList<>();

    @Override
    public void emitWatermark(Watermark watermark) {
        said.add(Long.toString(watermark.getTimestamp()));
    }

    @Override
    public void markIdle() {
        said.add("idle");
    }

    @Override
    public void markActive() {
        said.add("active");
    }
}
