package io.tributary.intervention;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.event.CanonicalJson;
import io.tributary.event.CustomerEvent;
import io.tributary.event.EventTime;
import io.tributary.journey.Touchpoint;
import io.tributary.pattern.InterventionSpec;
import io.tributary.pattern.Match;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Values for tests; times are given as {@code 12:30} or {@code 12:30:05} on one day. */
public final class Samples {

    private Samples() {}

    public static long at(String clock) {
        return EventTime.parse("2026-03-02T" + (clock.length() == 5 ? clock + ":00" : clock) + "Z");
    }

    public static Match match(String id, String pattern, String detectedAt) {
        return new Match(
                id,
                pattern,
                1,
                at(detectedAt),
                at(detectedAt) - 60_000,
                at(detectedAt),
                Map.of("cart", List.of("e1"), "checkout", List.of("e2", "e3")));
    }

    public static CustomerEvent consentEvent(String id, String clock, String json) {
        return event(id, Consent.EVENT_TYPE, clock, json);
    }

    public static CustomerEvent event(String id, String type, String clock, String json) {
        return new CustomerEvent(
                id,
                type,
                at(clock),
                at(clock),
                at(clock),
                "web",
                "shop",
                List.of(),
                json.getBytes(StandardCharsets.UTF_8));
    }

    /** What {@code sample-data} writes as {@code {"match": {"id", "pattern", "detectedAt"}}}. */
    public static Match match(JsonNode json) {
        return match(text(json, "id"), text(json, "pattern"), text(json, "detectedAt"));
    }

    public static InterventionSpec spec(JsonNode json) {
        return new InterventionSpec(
                text(json, "action"),
                texts(json.get("channels")),
                Duration.parse(text(json, "expires")),
                Duration.parse(text(json, "cooldown")),
                json.get("holdout").doubleValue(),
                null);
    }

    public static List<CustomerEvent> events(JsonNode json) {
        return items(json)
                .map(
                        e ->
                                event(
                                        text(e, "id"),
                                        text(e, "type"),
                                        text(e, "time"),
                                        CanonicalJson.string(e.get("properties"))))
                .toList();
    }

    public static List<Touchpoint> touchpoints(List<CustomerEvent> events) {
        return events.stream()
                .map(e -> new Touchpoint(e.id(), e.type(), e.channel(), e.time()))
                .toList();
    }

    public static String text(JsonNode json, String name) {
        return json.get(name).textValue();
    }

    private static List<String> texts(JsonNode json) {
        return items(json).map(JsonNode::textValue).toList();
    }

    private static Stream<JsonNode> items(JsonNode json) {
        return StreamSupport.stream(json.spliterator(), false);
    }
}
