package io.tributary.identity;

import io.tributary.event.CustomerEvent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The events of one hour at one identifier that are not yet final.
 *
 * @param busy more than are kept: none are, and all of them stay with the identifier that they
 *     carry
 */
public record EventHour(boolean busy, List<Held> events) {

    static final EventHour NONE = new EventHour(false, List.of());

    /**
     * One record of an event, here by itself or through lower identifiers, and where it was sent.
     *
     * @param own whether this is the highest identifier that it carries itself
     * @param arrivals the sums of signs that it came with through lower identifiers, by path; none
     *     is 0
     * @param sent where it was sent; null if nowhere
     */
    public record Held(
            CustomerEvent event, boolean own, List<Arrival> arrivals, @Nullable Destination sent) {

        boolean isPresent() {
            return own || !arrivals.isEmpty();
        }

        /** The path by which it is here: while signs are still on their way, one that is told. */
        List<Hop> path() {
            if (own) {
                return List.of();
            }
            for (Arrival arrival : arrivals) {
                if (arrival.sum() > 0) {
                    return arrival.path();
                }
            }
            return arrivals.get(0).path();
        }

        Held with(int sign, List<Hop> path) {
            List<Arrival> changed = new ArrayList<>(arrivals.size() + 1);
            int sum = sign;
            for (Arrival arrival : arrivals) {
                if (arrival.path().equals(path)) {
                    sum += arrival.sum();
                } else {
                    changed.add(arrival);
                }
            }
            if (sum != 0) {
                changed.add(new Arrival(path, sum));
            }
            return new Held(event, own, changed, sent);
        }

        Held sentTo(@Nullable Destination destination) {
            return new Held(event, own, arrivals, destination);
        }
    }

    /** Sum of the signs along one path. */
    public record Arrival(List<Hop> path, int sum) {}

    /**
     * Where an event goes.
     *
     * @param isCustomer whether {@code key} is the customer; otherwise the next identifier
     * @param path all steps so far
     */
    public record Destination(boolean isCustomer, String key, List<Hop> path) {}

    @Nullable Held find(CustomerEvent event) {
        for (Held held : events) {
            if (held.event().equals(event)) {
                return held;
            }
        }
        return null;
    }

    /** The record of this event replaced, or removed if it is not present any more. */
    EventHour with(Held changed) {
        List<Held> more = new ArrayList<>(events.size() + 1);
        for (Held held : events) {
            if (!held.event().equals(changed.event())) {
                more.add(held);
            }
        }
        if (changed.isPresent()) {
            more.add(changed);
        }
        return new EventHour(busy, more);
    }
}
