package io.tributary.journey;

import io.tributary.event.CustomerEvent;
import java.util.Comparator;

/**
 * One contact of a customer with the company.
 *
 * @param event id of the event
 * @param type type of the event, such as {@code checkout_started}
 * @param channel where it happened, such as {@code web}
 * @param time event time, epoch milliseconds
 */
public record Touchpoint(String event, String type, String channel, long time) {

    /** The latest first; equal times by event id, the greater first (a log read backwards). */
    public static final Comparator<Touchpoint> NEWEST_FIRST =
            Comparator.comparingLong(Touchpoint::time).thenComparing(Touchpoint::event).reversed();

    public static Touchpoint of(CustomerEvent event) {
        return new Touchpoint(event.id(), event.type(), event.channel(), event.time());
    }
}
