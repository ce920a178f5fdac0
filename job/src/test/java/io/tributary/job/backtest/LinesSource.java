package io.tributary.job.backtest;

import io.tributary.event.CustomerEvent;
import io.tributary.ingest.Decoder;
import io.tributary.ingest.Ingested;
import io.tributary.ingest.RawRecord;
import io.tributary.job.connectors.DecoderSupplier;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.apache.flink.streaming.api.functions.source.legacy.SourceFunction;
import org.apache.flink.streaming.api.watermark.Watermark;

/**
 * A live source of a few lines. The watermark follows the newest event, so that an earlier one that
 * comes after it is out of order. It ends after its lines, or waits to be stopped.
 */
final class LinesSource implements SourceFunction<Ingested> {

    private static final long serialVersionUID = 1L;

    /** By name of a source that waits: released when its last line has been sent. */
    private static final Map<String, CountDownLatch> SENT = new ConcurrentHashMap<>();

    private final ArrayList<String> lines;
    private final DecoderSupplier decoders;
    private final String waitsAs;
    private final CountDownLatchHolder stopped = new CountDownLatchHolder();

    /**
     * @param waitsAs name of this source; empty if it ends after its lines
     */
    LinesSource(ArrayList<String> lines, DecoderSupplier decoders, String waitsAs) {
        this.lines = lines;
        this.decoders = decoders;
        this.waitsAs = waitsAs;
        if (!waitsAs.isEmpty()) {
            SENT.put(waitsAs, new CountDownLatch(1));
        }
    }

    /** Returns when every line has been sent. */
    static void awaitSent(String waitsAs) throws InterruptedException {
        SENT.get(waitsAs).await();
    }

    @Override
    public void run(SourceContext<Ingested> context) throws Exception {
        Decoder decoder = decoders.open();
        for (int i = 0; i < lines.size(); i++) {
            byte[] line = lines.get(i).getBytes(StandardCharsets.UTF_8);
            synchronized (context.getCheckpointLock()) {
                decoder.decode(
                        RawRecord.line("lines", i + 1, line), ingested -> send(ingested, context));
            }
        }
        if (!waitsAs.isEmpty()) {
            SENT.get(waitsAs).countDown();
            stopped.latch().await();
        }
    }

    private static void send(Ingested ingested, SourceContext<Ingested> context) {
        CustomerEvent event = ingested.event();
        if (event == null) {
            context.collect(ingested);
        } else {
            context.collectWithTimestamp(ingested, event.time());
            context.emitWatermark(new Watermark(event.time()));
        }
    }

    @Override
    public void cancel() {
        stopped.latch().countDown();
    }

    /** Made where the source runs. */
    private static final class CountDownLatchHolder implements java.io.Serializable {
        private static final long serialVersionUID = 1L;
        private transient CountDownLatch latch;

        synchronized CountDownLatch latch() {
            if (latch == null) {
                latch = new CountDownLatch(1);
            }
            return latch;
        }
    }
}
