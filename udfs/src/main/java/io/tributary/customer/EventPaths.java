package io.tributary.customer;

import io.tributary.event.CustomerEvent;
import io.tributary.identity.Hop;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * By which events of a customer's log came to the customer; those that carry the customer's
 * identifier themselves are not here.
 */
final class EventPaths {

    private final Map<String, List<Hop>> byEvent = new HashMap<>(0);
    private List<Hop> last = List.of();

    /**
     * @param path replaces the one known before
     */
    void put(String event, List<Hop> path) {
        if (!path.isEmpty()) {
            byEvent.put(event, shared(path));
        } else if (!byEvent.isEmpty()) {
            byEvent.remove(event);
        }
    }

    /** Events in a row mostly come by one path: it is kept once. */
    List<Hop> shared(List<Hop> path) {
        if (path.isEmpty()) {
            return List.of();
        }
        if (!path.equals(last)) {
            last = path;
        }
        return last;
    }

    void forget(List<CustomerEvent> events) {
        if (!byEvent.isEmpty()) {
            events.forEach(event -> byEvent.remove(event.id()));
        }
    }

    void clear() {
        byEvent.clear();
    }

    /** By event id. */
    Map<String, List<Hop>> asMap() {
        return Collections.unmodifiableMap(byEvent);
    }
}
