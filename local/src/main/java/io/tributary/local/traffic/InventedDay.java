package io.tributary.local.traffic;

import io.tributary.event.EventTime;
import io.tributary.local.traffic.Traffic.Occurrence;
import io.tributary.local.traffic.Traffic.Settings;
import java.util.List;

/** A day of invented traffic in order of arrival, for those who measure. */
public final class InventedDay {

    private final List<Occurrence> occurrences;
    private final EventWriter writer;

    private InventedDay(List<Occurrence> occurrences, EventWriter writer) {
        this.occurrences = occurrences;
        this.writer = writer;
    }

    /**
     * @param customers at least 1
     * @param events exact number of events
     * @param start epoch milliseconds
     */
    public static InventedDay plan(int customers, int events, long seed, long start) {
        Settings settings = new Settings(customers, events, seed, start, 1, 0);
        return new InventedDay(
                TrafficPlanner.plan(settings, ScriptReader.builtIn()).occurrences(),
                new EventWriter(seed));
    }

    /** Number of events; they are numbered from 0. */
    public int size() {
        return occurrences.size();
    }

    public String channel(int event) {
        return occurrences.get(event).step().channel();
    }

    public String userId(int event) {
        return occurrences.get(event).session().person().userId();
    }

    /** Id of the event that a decoder makes of {@link #value}. */
    public String id(int event) {
        return writer.messageId(occurrences.get(event));
    }

    /** When it happened, as documents write times. */
    public String time(int event) {
        return EventTime.format(occurrences.get(event).time());
    }

    /** One Segment JSON object, UTF-8. */
    public byte[] value(int event) {
        return writer.write(occurrences.get(event));
    }
}
