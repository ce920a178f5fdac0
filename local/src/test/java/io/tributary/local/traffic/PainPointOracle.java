package io.tributary.local.traffic;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds some kinds of planted pain point in written events by looking at every pair of events of a
 * customer: slow, and written without a look at scripts or definitions.
 */
final class PainPointOracle {

    /** What it can find. */
    static final Set<String> KNOWN =
            Set.of(
                    "cart-abandonment",
                    "checkout-hesitation",
                    "repeated-contact",
                    "slow-resolution",
                    "slow-resolution-high",
                    "slow-resolution-urgent");

    private static final Set<String> CONTACTS =
            Set.of("call_started", "live_chat_conversation_started", "email_received");

    record Event(String customer, String type, Instant time, JsonNode properties) {

        boolean shares(String property, Event other) {
            JsonNode own = properties.get(property);
            return own != null && own.equals(other.properties.get(property));
        }

        boolean within(Duration duration, Event first) {
            return !time.isBefore(first.time) && time.isBefore(first.time.plus(duration));
        }
    }

    private PainPointOracle() {}

    /** {@code pattern customer time}, sorted. */
    static TreeSet<String> find(List<Event> ofOneCustomer) {
        TreeSet<String> found = new TreeSet<>();
        for (Event event : ofOneCustomer) {
            String customer = event.customer();
            switch (event.type()) {
                case "checkout_started" -> {
                    if (!followed(event, ofOneCustomer, Duration.ofSeconds(45), "checkout_id")) {
                        found.add(line("checkout-hesitation", customer, event, 45));
                    }
                    if (!ordered(event, ofOneCustomer)) {
                        found.add(line("cart-abandonment", customer, event, 1800));
                    }
                }
                case "case_opened" -> {
                    long standard = event.properties().get("standard_minutes").asLong() * 60;
                    if (!resolved(event, ofOneCustomer, Duration.ofSeconds(standard))) {
                        found.add(line(slow(event), customer, event, standard));
                    }
                }
                default -> {
                    if (CONTACTS.contains(event.type()) && contacts(event, ofOneCustomer) == 3) {
                        found.add(line("repeated-contact", customer, event, 0));
                    }
                }
            }
        }
        return found;
    }

    private static String slow(Event opened) {
        String priority = opened.properties().get("priority").asText();
        return priority.equals("normal") ? "slow-resolution" : "slow-resolution-" + priority;
    }

    private static String line(String pattern, String customer, Event at, long secondsLater) {
        return pattern + " " + customer + " " + at.time().plusSeconds(secondsLater);
    }

    private static boolean followed(Event from, List<Event> all, Duration within, String key) {
        return all.stream()
                .anyMatch(e -> e != from && e.within(within, from) && e.shares(key, from));
    }

    private static boolean ordered(Event checkout, List<Event> all) {
        return all.stream()
                .filter(e -> e.type().equals("order_completed"))
                .anyMatch(
                        e ->
                                e.within(Duration.ofMinutes(30), checkout)
                                        && e.shares("cart_id", checkout));
    }

    private static boolean resolved(Event opened, List<Event> all, Duration standard) {
        return all.stream()
                .filter(e -> e.type().equals("case_resolved"))
                .anyMatch(e -> e.within(standard, opened) && e.shares("case_id", opened));
    }

    /** Contacts on the same matter up to and including this one. */
    private static long contacts(Event contact, List<Event> all) {
        List<Event> same = new ArrayList<>(all);
        same.removeIf(
                e ->
                        !CONTACTS.contains(e.type())
                                || !e.shares("matter", contact)
                                || e.time().isAfter(contact.time()));
        return same.size();
    }
}
