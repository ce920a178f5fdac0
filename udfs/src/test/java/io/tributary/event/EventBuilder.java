package io.tributary.event;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Says an event in one sentence: {@code event("cart").on("product_added").after("5m").build()}.
 * Times count from {@link #START}.
 */
public final class EventBuilder {

    /** 2026-03-01T00:00:00.000Z. */
    public static final long START = 1772323200000L;

    private final String id;
    private String type = "page_viewed";
    private long time = START;
    private String channel = "web";
    private final List<Identifier> identifiers = new ArrayList<>();
    private final ObjectNode properties = CanonicalJson.object();

    private EventBuilder(String id) {
        this.id = id;
    }

    public static EventBuilder event(String id) {
        return new EventBuilder(id);
    }

    public EventBuilder on(String eventType) {
        type = eventType;
        return this;
    }

    /** Minutes and seconds after {@link #START}, as ISO-8601 without the leading PT. */
    public EventBuilder after(String duration) {
        time = START + Duration.parse("PT" + duration).toMillis();
        return this;
    }

    public EventBuilder at(long millis) {
        time = millis;
        return this;
    }

    public EventBuilder through(String where) {
        channel = where;
        return this;
    }

    public EventBuilder by(String namespace, String value) {
        identifiers.add(new Identifier(namespace, value));
        return this;
    }

    public EventBuilder with(String property, String value) {
        properties.put(property, value);
        return this;
    }

    public EventBuilder with(String property, double value) {
        properties.put(property, value);
        return this;
    }

    public EventBuilder with(String property, boolean value) {
        properties.put(property, value);
        return this;
    }

    public CustomerEvent build() {
        return new CustomerEvent(
                id,
                type,
                time,
                time,
                time,
                channel,
                "test",
                identifiers.stream().sorted().toList(),
                CanonicalJson.bytes(properties));
    }
}
