package io.tributary.identity;

import io.tributary.event.CustomerEvent;

/**
 * One line of the changelog of whose event it is.
 *
 * <p>Receivers keep the sum of the signs per event id; an event is theirs while its sum is not 0,
 * so + and - may arrive in any order along different paths.
 *
 * @param customer key of the identifier that stands for the customer, such as {@code user_id:3f2a…}
 * @param sign +1 assigned, -1 taken back
 * @param event whole event, as decoded
 */
public record Assignment(String customer, int sign, CustomerEvent event) {

    public static Assignment plus(String customer, CustomerEvent event) {
        return new Assignment(customer, 1, event);
    }

    public static Assignment minus(String customer, CustomerEvent event) {
        return new Assignment(customer, -1, event);
    }
}
