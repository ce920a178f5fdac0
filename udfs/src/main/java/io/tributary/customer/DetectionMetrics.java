package io.tributary.customer;

import io.tributary.ledger.LedgerEntry;
import io.tributary.ledger.PainPointStatus;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * How long it takes until a pain point is told, as a Prometheus histogram {@code detectionLatency}
 * made of counters: unlike Flink's own histograms its buckets may be added up over subtasks, and it
 * costs a dozen longs. The label {@code le} is the upper bound of a bucket in milliseconds, {@code
 * trigger} tells what the time counts from:
 *
 * <ul>
 *   <li>{@code event}: the received time of the event that brought it to light,
 *   <li>{@code deadline}: the deadline of the absence; the delay of the watermark is part of it.
 * </ul>
 */
final class DetectionMetrics {

    /** Upper bounds, milliseconds; one more bucket has none. */
    static final List<Long> BOUNDS =
            List.of(100L, 250L, 500L, 1_000L, 2_500L, 5_000L, 10_000L, 30_000L, 60_000L, 300_000L);

    private enum Trigger {
        EVENT,
        DEADLINE
    }

    /** Customers whose names are remembered, so that each is logged once. */
    private static final int MOST_QUARANTINED = 1_000;

    private final Counter late;
    private final Counter quarantined;
    private final Counter erased;
    private final Counter quarantinedCustomers;
    private final Set<String> quarantine = new HashSet<>();
    private final Latency onArrival;
    private final Latency atDeadline;

    /**
     * @param group of the stage
     */
    DetectionMetrics(MetricGroup group) {
        late = group.counter("late");
        quarantined = group.counter("quarantined");
        erased = group.counter("erased");
        quarantinedCustomers = group.counter("quarantinedCustomers");
        MetricGroup latency = group.addGroup("detectionLatency");
        onArrival = new Latency(latency, Trigger.EVENT);
        atDeadline = new Latency(latency, Trigger.DEADLINE);
    }

    /** An event was too late to be looked at. */
    void late() {
        late.inc();
    }

    /** An event of an erased customer was dropped. */
    void erased() {
        erased.inc();
    }

    /**
     * An event of a customer with too many was not looked at.
     *
     * @return whether it is the first of this customer since the start, as far as is remembered
     */
    boolean quarantined(String customer) {
        quarantined.inc();
        boolean first = quarantine.size() < MOST_QUARANTINED && quarantine.add(customer);
        if (first) {
            quarantinedCustomers.inc();
        }
        return first;
    }

    /**
     * An event came.
     *
     * @param entries what followed from it
     * @param received when the event was received, epoch milliseconds
     * @param now processing time, epoch milliseconds
     */
    void onArrival(List<LedgerEntry> entries, long received, long now) {
        for (LedgerEntry entry : entries) {
            if (isDetection(entry)) {
                onArrival.add(now - received);
            }
        }
    }

    /**
     * Event time passed a deadline.
     *
     * @param entries what followed from it
     * @param now processing time, epoch milliseconds
     */
    void atDeadline(List<LedgerEntry> entries, long now) {
        for (LedgerEntry entry : entries) {
            if (isDetection(entry)) {
                atDeadline.add(now - entry.match().detectedAt());
            }
        }
    }

    private static boolean isDetection(LedgerEntry entry) {
        return entry.isAssertion() && entry.status() == PainPointStatus.DETECTED;
    }

    /** Buckets count everything up to their bound, as Prometheus has it. */
    private static final class Latency {

        private final Counter sum;
        private final Counter[] buckets = new Counter[BOUNDS.size() + 1];

        Latency(MetricGroup group, Trigger trigger) {
            MetricGroup own = group.addGroup("trigger", trigger.name().toLowerCase(Locale.ROOT));
            sum = own.counter("sum");
            for (int i = 0; i < buckets.length; i++) {
                String bound = i < BOUNDS.size() ? Long.toString(BOUNDS.get(i)) : "+Inf";
                buckets[i] = own.addGroup("le", bound).counter("bucket");
            }
        }

        /** Clocks of collectors may be ahead: then it took no time. */
        void add(long millis) {
            long latency = Math.max(0, millis);
            sum.inc(latency);
            for (int i = 0; i < buckets.length; i++) {
                if (i == BOUNDS.size() || latency <= BOUNDS.get(i)) {
                    buckets[i].inc();
                }
            }
        }
    }
}
