package io.tributary.customer;

import io.tributary.erasure.Sweep;
import java.util.function.IntSupplier;
import org.apache.flink.metrics.MetricGroup;

/** How far a subtask's sweep is; the last one's once it is over. */
final class SweepMetrics {

    private SweepMetrics() {}

    /**
     * @param percent of the subtask's customers, roughly
     */
    static void register(MetricGroup parent, Sweep sweep, IntSupplier percent) {
        MetricGroup group = parent.addGroup("sweep");
        group.gauge("running", () -> sweep.isRunning() ? 1 : 0);
        group.gauge("seen", sweep::seen);
        group.gauge("evaluated", sweep::evaluated);
        group.gauge("remainingPercent", () -> 100 - percent.getAsInt());
    }
}
