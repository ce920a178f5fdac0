package io.tributary.journey;

import io.tributary.event.CustomerEvent;

/**
 * One contact between a customer and the company.
 *
 * @param event id of the event
 * @param type its type
 * @param channel where it happened
 * @param time epoch milliseconds
 */
public record Touchpoint(String event, String type, String channel, long time) {

    public static Touchpoint of(CustomerEvent event) {
        return new Touchpoint(event.id(), event.type(), event.channel(), event.time());
    }
}
