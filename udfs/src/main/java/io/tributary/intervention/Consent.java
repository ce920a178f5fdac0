package io.tributary.intervention;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.event.CustomerEvent;
import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One thing a customer said about being contacted: a {@code consent_updated} event.
 *
 * @param event id of the event
 * @param time event time, epoch milliseconds
 * @param purpose property {@code purpose}; null if it was said about every purpose
 * @param channel property {@code channel}; null if it was said about every channel
 * @param granted property {@code granted}
 */
public record Consent(
        String event,
        long time,
        @Nullable String purpose,
        @Nullable String channel,
        boolean granted) {

    public static final String EVENT_TYPE = "consent_updated";

    /** The order of the customer's log. */
    static final Comparator<Consent> BY_TIME_THEN_ID =
            Comparator.comparingLong(Consent::time).thenComparing(Consent::event);

    /** Empty for other events, and where {@code granted} is no boolean: nothing was said then. */
    public static Optional<Consent> of(CustomerEvent event) {
        if (!event.type().equals(EVENT_TYPE)) {
            return Optional.empty();
        }
        return event.property("granted")
                .filter(JsonNode::isBoolean)
                .map(
                        granted ->
                                new Consent(
                                        event.id(),
                                        event.time(),
                                        text(event, "purpose"),
                                        text(event, "channel"),
                                        granted.booleanValue()));
    }

    private static @Nullable String text(CustomerEvent event, String property) {
        return event.property(property)
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue)
                .orElse(null);
    }

    /**
     * @param asked the purpose asked for; null asks for any
     */
    boolean isAbout(@Nullable String asked, String askedChannel) {
        return (purpose == null || asked == null || purpose.equals(asked))
                && (channel == null || channel.equals(askedChannel));
    }
}
