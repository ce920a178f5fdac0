package io.tributary.bench;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How often a customer is at hand when an event comes, if those who were seen last are kept: a
 * property of the traffic and the size of the cache.
 */
final class CacheModel {

    private final int customers;
    private final LinkedHashMap<String, Boolean> kept = new LinkedHashMap<>(16, 0.75f, true);
    private long hits;
    private long events;

    CacheModel(int customers) {
        this.customers = customers;
    }

    void seen(String customer) {
        events++;
        if (kept.put(customer, true) != null) {
            hits++;
        } else if (kept.size() > customers) {
            Map.Entry<String, Boolean> oldest = kept.entrySet().iterator().next();
            kept.remove(oldest.getKey());
        }
    }

    /** Begins to count anew; who is at hand stays. */
    void reset() {
        hits = 0;
        events = 0;
    }

    /** Of all events since the last reset, 0 to 1. */
    double hitRate() {
        return events == 0 ? 0 : (double) hits / events;
    }
}
