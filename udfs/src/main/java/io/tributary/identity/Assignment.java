package io.tributary.identity;

import io.tributary.event.CustomerEvent;
import java.util.List;

/**
 * One line of the changelog of whose event it is.
 *
 * <p>Receivers keep the sum of the signs per event id; an event is theirs while its sum is not 0,
 * so + and - may arrive in any order along different paths.
 *
 * @param customer key of the identifier that stands for the customer, such as {@code user_id:3f2a…}
 * @param sign +1 assigned, -1 taken back
 * @param event whole event, as decoded
 * @param path why: the steps from the event's own identifier to the customer, and guards on the
 *     way; empty if the event carried the customer's identifier itself. When only the reason
 *     changes, the new path comes with +1 and then the old one with -1
 */
public record Assignment(String customer, int sign, CustomerEvent event, List<Hop> path) {

    public static Assignment plus(String customer, CustomerEvent event) {
        return new Assignment(customer, 1, event, List.of());
    }

    public static Assignment minus(String customer, CustomerEvent event) {
        return new Assignment(customer, -1, event, List.of());
    }
}
