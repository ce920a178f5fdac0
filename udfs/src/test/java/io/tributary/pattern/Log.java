package io.tributary.pattern;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.definition.DurationText;
import io.tributary.event.CanonicalJson;
import io.tributary.event.CustomerEvent;
import java.util.ArrayList;
import java.util.List;

/** Builds a customer's log: {@code Log.start().at("5m", "product_added", "value", 60)}. */
final class Log {

    /** 2026-03-01T00:00:00Z, the time that offsets count from. */
    static final long START = 1_772_323_200_000L;

    private final List<CustomerEvent> events = new ArrayList<>();

    static Log start() {
        return new Log();
    }

    /** An event whose id is its type and its number in the log, such as {@code product_added-1}. */
    Log at(String offset, String type, Object... properties) {
        long time = START + DurationText.parse(offset).orElseThrow().toMillis();
        events.add(event(type + "-" + (events.size() + 1), time, type, properties));
        return this;
    }

    static CustomerEvent event(String id, long time, String type, Object... properties) {
        ObjectNode json = CanonicalJson.object();
        for (int i = 0; i < properties.length; i += 2) {
            json.putPOJO((String) properties[i], properties[i + 1]);
        }
        return new CustomerEvent(
                id, type, time, time, time, "web", "shop", List.of(), CanonicalJson.bytes(json));
    }

    List<CustomerEvent> events() {
        return events.stream().sorted(CustomerEvent.BY_TIME_THEN_ID).toList();
    }

    static long time(String offset) {
        return START + DurationText.parse(offset).orElseThrow().toMillis();
    }
}
