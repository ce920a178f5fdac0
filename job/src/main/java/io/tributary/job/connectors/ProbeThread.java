package io.tributary.job.connectors;

import java.time.Clock;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a {@link LagProbe} beside a reader, since asking the broker would hold the reader up. */
final class ProbeThread implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ProbeThread.class);

    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(
                    task -> {
                        Thread daemon = new Thread(task, "kafka-lag-probe");
                        daemon.setDaemon(true);
                        return daemon;
                    });
    private final ConsumerBroker broker;

    ProbeThread(ReadingProgress progress, Properties client, Duration interval) {
        broker = new ConsumerBroker(client);
        LagProbe probe = new LagProbe(progress, broker, Clock.systemUTC()::millis);
        long millis = interval.toMillis();
        var ignored =
                thread.scheduleWithFixedDelay(
                        () -> lookSafely(probe), millis, millis, TimeUnit.MILLISECONDS);
    }

    private static void lookSafely(LagProbe probe) {
        try {
            probe.look();
        } catch (RuntimeException e) {
            // an escaped exception would end the schedule, and with it the watermark
            LOG.warn("The lag of a source could not be asked; its watermark holds", e);
        }
    }

    @Override
    public void close() {
        broker.wakeUp();
        thread.execute(broker::close);
        thread.shutdown();
    }
}
