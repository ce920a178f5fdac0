package io.tributary.metric;

import io.tributary.customer.EventChange;
import io.tributary.customer.StageChange;
import io.tributary.event.CustomerEvent;
import io.tributary.ingest.Rejected;
import io.tributary.ingest.RejectionReason;
import io.tributary.journey.StageVisit;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/** What ingest and the customers' logs add to the metrics. */
public final class CustomerMetrics {

    private CustomerMetrics() {}

    public static void rejected(Rejected rejected, Collector<MetricDelta> out) {
        out.collect(
                Deltas.rejected(
                        rejected.source(), rejected.reason().word(), rejected.receivedTime()));
    }

    /** An event that ingest set aside with its payload. */
    public static void late(Rejected late, Collector<MetricDelta> out) {
        out.collect(Deltas.late(late.source(), late.receivedTime()));
    }

    /** An event that the customer's log had no place for any more. */
    public static void lateEvent(CustomerEvent late, Collector<MetricDelta> out) {
        out.collect(Deltas.late(late.source(), late.receivedTime()));
    }

    /** An event of a customer with too many. */
    public static void quarantined(CustomerEvent event, Collector<MetricDelta> out) {
        out.collect(
                Deltas.rejected(
                        event.source(), RejectionReason.QUARANTINED.word(), event.receivedTime()));
    }

    /** An event counts for one customer as long as it is in the log. */
    public static void events(EventChange change, Collector<MetricDelta> out) {
        collect(change.before(), -1, out);
        collect(change.after(), 1, out);
    }

    private static void collect(
            @Nullable CustomerEvent event, int sign, Collector<MetricDelta> out) {
        if (event != null) {
            out.collect(Deltas.event(event, sign));
        }
    }

    /** Entries and exits; reaching a goal is entering and leaving it at once. */
    public static void stages(StageChange change, Collector<MetricDelta> out) {
        change.gone().forEach(visit -> collect(visit, -1, out));
        change.come().forEach(visit -> collect(visit, 1, out));
    }

    private static void collect(StageVisit visit, int sign, Collector<MetricDelta> out) {
        out.collect(Deltas.stageEntry(visit.journey(), visit.stage(), visit.enteredAt(), sign));
        if (visit.isOver()) {
            out.collect(Deltas.stageExit(visit.journey(), visit.stage(), visit.leftAt(), sign));
        }
    }
}
