package io.tributary.local.traffic;

import io.tributary.local.traffic.Traffic.Settings;
import java.util.List;

/** A week of invented traffic in order of arrival, and what was planted in it. */
public final class InventedWeek {

    private static final int DAYS = 7;

    /** Share of the events that arrive up to an hour late, as telephones in tunnels do. */
    private static final double OUT_OF_ORDER = 0.02;

    /** Time from an event to its arrival, at most; milliseconds. */
    public static final long LONGEST_TRANSIT =
            TrafficPlanner.LONGEST_DELAY + TrafficPlanner.TRANSIT;

    /** From the start to when the last event can arrive, milliseconds. */
    public static final long SPAN = DAYS * 86_400_000L + LONGEST_TRANSIT;

    /**
     * A pain point that the traffic holds.
     *
     * @param pattern definition id
     * @param userId of the customer, as the channels write it
     * @param time when it is to be detected, epoch milliseconds
     */
    public record Planted(String pattern, String userId, long time) {}

    private final Traffic traffic;
    private final EventWriter writer;

    private InventedWeek(Traffic traffic, long seed) {
        this.traffic = traffic;
        this.writer = new EventWriter(seed);
    }

    /**
     * @param customers at least 1
     * @param events exact number of events
     * @param start epoch milliseconds
     */
    public static InventedWeek plan(int customers, int events, long seed, long start) {
        Settings settings = new Settings(customers, events, seed, start, DAYS, OUT_OF_ORDER);
        return new InventedWeek(TrafficPlanner.plan(settings, ScriptReader.builtIn()), seed);
    }

    /** Number of events; they are numbered from 0. */
    public int size() {
        return traffic.occurrences().size();
    }

    public String channel(int event) {
        return traffic.occurrences().get(event).step().channel();
    }

    public String userId(int event) {
        return traffic.occurrences().get(event).session().person().userId();
    }

    /** When it is received, epoch milliseconds. */
    public long arrival(int event) {
        return traffic.occurrences().get(event).arrival();
    }

    /** One Segment JSON object, UTF-8. */
    public byte[] value(int event) {
        return writer.write(traffic.occurrences().get(event));
    }

    /** In order of time. */
    public List<Planted> planted() {
        return traffic.truths().stream()
                .map(truth -> new Planted(truth.pattern(), truth.customer(), truth.time()))
                .toList();
    }
}
