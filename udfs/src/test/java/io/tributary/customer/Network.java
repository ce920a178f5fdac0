package io.tributary.customer;

import io.tributary.customer.Arrival.Assigned;
import io.tributary.customer.Arrival.Restart;
import io.tributary.customer.Arrival.Watermark;
import io.tributary.event.CustomerEvent;
import io.tributary.journey.LogEntry;
import io.tributary.pattern.RandomLog;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A deterministic network before the customer operator: it delays, duplicates and shuffles, brings
 * events that are taken back again, before or after they came, and other records of one event. No
 * watermark makes an event late.
 */
final class Network {

    private final Random random;
    private final long lateness;
    private final List<Delayed> sent = new ArrayList<>();
    private int spread;

    /**
     * @param sentAt event time plus delay
     */
    private record Delayed(long sentAt, Assigned assigned) {}

    /**
     * @param lateness milliseconds that an event may come after the watermark
     */
    Network(Random random, long lateness) {
        this.random = random;
        this.lateness = lateness;
    }

    /** What the operator is given so that the logs are what is left in the end. */
    List<Arrival> arrivals(List<List<CustomerEvent>> logs) {
        spread = List.of(1, 1, 3, 8, 30, 300).get(random.nextInt(6));
        for (int customer = 0; customer < logs.size(); customer++) {
            send(customer, logs.get(customer));
        }
        sent.sort(Comparator.comparingLong(Delayed::sentAt));
        long[] earliestLeft = earliestLeft();
        List<Arrival> arrivals = new ArrayList<>();
        int restarts = random.nextInt(4) == 0 ? 2 : 0;
        int every = 1 + random.nextInt(6);
        long watermark = Long.MIN_VALUE;
        for (int i = 0; i < sent.size(); i++) {
            arrivals.add(sent.get(i).assigned());
            if (random.nextInt(every) == 0) {
                long ahead = sent.get(i).sentAt() + 1_000L * (random.nextInt(20) - 12);
                watermark = Math.max(watermark, Math.min(ahead, earliestLeft[i + 1] + lateness));
                arrivals.add(new Watermark(watermark));
            }
            if (restarts > 0 && random.nextInt(sent.size()) < 2) {
                restarts--;
                arrivals.add(new Restart());
            }
        }
        return arrivals;
    }

    private long[] earliestLeft() {
        long[] earliest = new long[sent.size() + 1];
        earliest[sent.size()] = Long.MAX_VALUE / 2;
        for (int i = sent.size() - 1; i >= 0; i--) {
            earliest[i] = Math.min(earliest[i + 1], sent.get(i).assigned().event().time());
        }
        return earliest;
    }

    private void send(int customer, List<CustomerEvent> log) {
        boolean calm = random.nextInt(3) == 0;
        for (CustomerEvent event : log) {
            send(customer, event, 1);
            if (calm) {
                continue;
            }
            if (random.nextInt(8) == 0) {
                send(customer, event, 1);
            }
            if (random.nextInt(16) == 0) {
                CustomerEvent later =
                        RandomLog.event(customer, event.id(), event.time() + 1_000, random);
                send(customer, later, 1);
            }
            if (random.nextInt(16) == 0) {
                CustomerEvent earlier =
                        RandomLog.event(customer, event.id(), event.time() - 1_000, random);
                comesAndGoes(customer, earlier);
            }
            if (random.nextInt(8) == 0) {
                long time = event.time() + 1_000L * (random.nextInt(5) - 2);
                comesAndGoes(customer, RandomLog.event(customer, "x" + event.id(), time, random));
            }
        }
    }

    private void comesAndGoes(int customer, CustomerEvent event) {
        for (int times = 1 + random.nextInt(6) / 5; times > 0; times--) {
            send(customer, event, 1);
            send(customer, event, -1);
        }
    }

    private void send(int customer, CustomerEvent event, int sign) {
        long delay = 1_000L * random.nextInt(spread);
        sent.add(new Delayed(event.time() + delay, new Assigned(customer, event, sign)));
    }

    /** The log of each customer after these arrivals, sorted. */
    static List<List<CustomerEvent>> logs(List<Arrival> arrivals, int customers) {
        List<List<CustomerEvent>> logs = new ArrayList<>();
        for (int customer = 0; customer < customers; customer++) {
            Map<String, LogEntry> entries = new HashMap<>();
            for (Arrival arrival : arrivals) {
                if (arrival instanceof Assigned assigned && assigned.customer() == customer) {
                    LogEntry before = entries.getOrDefault(assigned.event().id(), LogEntry.ABSENT);
                    entries.put(
                            assigned.event().id(),
                            before.with(assigned.event(), List.of(), assigned.sign()));
                }
            }
            logs.add(
                    entries.values().stream()
                            .flatMap(entry -> entry.event().stream())
                            .sorted(CustomerEvent.BY_TIME_THEN_ID)
                            .toList());
        }
        return logs;
    }
}
