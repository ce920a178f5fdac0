package io.tributary.identity;

import io.tributary.erasure.Erasure;
import io.tributary.event.CustomerEvent;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.jspecify.annotations.Nullable;

/**
 * One line of the changelog of whose event it is.
 *
 * <p>Receivers keep the sum of the signs per event id; an event is theirs while its sum is not 0,
 * so + and - may arrive in any order along different paths.
 *
 * @param customer key of the identifier that stands for the customer, such as {@code user_id:3f2a…}
 * @param sign +1 assigned, -1 taken back, 0 for an erasure
 * @param event whole event, as decoded
 * @param path why: the steps from the event's own identifier to the customer, and guards on the
 *     way; empty if the event carried the customer's identifier itself. When only the reason
 *     changes, the new path comes with +1 and then the old one with -1
 */
@TypeInfo(AssignmentSerializer.Factory.class)
public record Assignment(String customer, int sign, CustomerEvent event, List<Hop> path) {

    private static final byte[] NO_PROPERTIES = {'{', '}'};

    public static Assignment plus(String customer, CustomerEvent event) {
        return new Assignment(customer, 1, event, List.of());
    }

    /** Not an event: what was the customer's at or before the request is to be gone. */
    public static Assignment erasure(Erasure erasure) {
        return new Assignment(
                erasure.key(),
                0,
                new CustomerEvent(
                        erasure.id(),
                        EventClaims.ERASURE,
                        erasure.until(),
                        erasure.until(),
                        erasure.until(),
                        "",
                        "",
                        List.of(),
                        NO_PROPERTIES),
                List.of());
    }

    /** Null if this is about an event. */
    public @Nullable Erasure erasure() {
        return sign == 0 ? new Erasure(event.id(), customer, event.time()) : null;
    }

    public static Assignment minus(String customer, CustomerEvent event) {
        return new Assignment(customer, -1, event, List.of());
    }
}
