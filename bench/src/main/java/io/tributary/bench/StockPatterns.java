package io.tributary.bench;

import io.tributary.event.CustomerEvent;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.flink.cep.nfa.aftermatch.AfterMatchSkipStrategy;
import org.apache.flink.cep.pattern.Pattern;
import org.apache.flink.cep.pattern.WithinType;
import org.apache.flink.cep.pattern.conditions.IterativeCondition;
import org.apache.flink.cep.pattern.conditions.SimpleCondition;

/**
 * The definitions of {@link EngineDefinitions#IDS} as somebody writes them who uses flink-cep
 * itself: conditions in Java, one pattern a definition, keyed by customer and what {@code per}
 * names.
 */
final class StockPatterns {

    static final AfterMatchSkipStrategy SKIP = AfterMatchSkipStrategy.skipPastLastEvent();

    /**
     * @param id of the definition
     * @param per property whose value is part of the key; empty for none
     * @param steps that take events, in order
     */
    record Stock(
            String id,
            String per,
            List<String> steps,
            Pattern<CustomerEvent, CustomerEvent> pattern) {}

    private StockPatterns() {}

    static List<Stock> all() {
        return List.of(
                new Stock(
                        "cart-abandonment", "cart_id", List.of("cart", "checkout"), abandonment()),
                new Stock(
                        "cart-abandonment-before-checkout",
                        "cart_id",
                        List.of("cart"),
                        beforeCheckout()),
                new Stock(
                        "channel-hopping",
                        "matter",
                        List.of("first", "second", "third"),
                        channelHopping()),
                new Stock("checkout-hesitation", "", List.of("checkout"), hesitation()),
                new Stock("checkout-loop", "checkout_id", List.of("first", "again"), loop()),
                new Stock("public-complaint", "", List.of("opened", "complaint"), complaint()),
                new Stock(
                        "queue-abandonment",
                        "call_id",
                        List.of("waiting", "gone"),
                        queueAbandonment()),
                new Stock("repeated-contact", "matter", List.of("contact"), repeatedContact()),
                new Stock("silence-after-purchase", "order_id", List.of("order"), silence()),
                new Stock("upsell-moment", "", List.of("praise", "interest"), upsell()));
    }

    private static Pattern<CustomerEvent, CustomerEvent> abandonment() {
        return begin("cart", valuable())
                .followedBy("checkout")
                .where(any("checkout_started"))
                .notFollowedBy("ordered")
                .where(any("order_completed"))
                .within(Duration.ofMinutes(30), WithinType.PREVIOUS_AND_CURRENT)
                .within(Duration.ofHours(2));
    }

    private static Pattern<CustomerEvent, CustomerEvent> beforeCheckout() {
        Set<String> others = Set.of("product_removed", "checkout_started", "order_completed");
        SimpleCondition<CustomerEvent> valuable = valuable();
        return begin("cart", valuable)
                .notFollowedBy("done")
                .where(
                        SimpleCondition.of(
                                event -> others.contains(event.type()) || valuable.filter(event)))
                .within(Duration.ofHours(2));
    }

    private static Pattern<CustomerEvent, CustomerEvent> channelHopping() {
        String[] contacts = {
            "call_started",
            "live_chat_conversation_started",
            "email_received",
            "message_received",
            "social_message_received",
            "store_consulted"
        };
        return begin("first", any(contacts))
                .notFollowedBy("solved")
                .where(any("case_resolved", "case_closed"))
                .followedBy("second")
                .where(new Contact(Set.of(contacts), List.of("first")))
                .notFollowedBy("solved later")
                .where(any("case_resolved", "case_closed"))
                .followedBy("third")
                .where(new Contact(Set.of(contacts), List.of("first", "second")))
                .within(Duration.ofDays(2));
    }

    private static Pattern<CustomerEvent, CustomerEvent> hesitation() {
        return begin("checkout", any("checkout_started", "checkout_step_viewed"))
                .notFollowedBy("activity")
                .where(
                        any(
                                "checkout_step_viewed",
                                "checkout_step_completed",
                                "payment_info_entered",
                                "coupon_entered",
                                "form_submitted",
                                "order_completed",
                                "checkout_abandoned",
                                "page_exited",
                                "session_ended"))
                .within(Duration.ofSeconds(45));
    }

    private static Pattern<CustomerEvent, CustomerEvent> loop() {
        return begin("first", any("checkout_step_viewed"))
                .followedBy("again")
                .where(new SameAs("checkout_step_viewed", "step", "first"))
                .times(2)
                .within(Duration.ofMinutes(20));
    }

    private static Pattern<CustomerEvent, CustomerEvent> queueAbandonment() {
        return begin("waiting", any("queue_entered"))
                .notFollowedBy("heard")
                .where(any("call_answered", "callback_requested", "voicemail_left"))
                .followedBy("gone")
                .where(new GaveUp())
                .within(Duration.ofHours(2));
    }

    private static Pattern<CustomerEvent, CustomerEvent> complaint() {
        return begin("opened", any("case_opened"))
                .notFollowedBy("resolved")
                .where(new SameAs("case_resolved", "case_id", "opened"))
                .followedBy("complaint")
                .where(
                        SimpleCondition.of(
                                event ->
                                        event.type().equals("social_post_published")
                                                && event.properties().path("sentiment").asDouble()
                                                        <= -0.3))
                .within(Duration.ofDays(7));
    }

    private static Pattern<CustomerEvent, CustomerEvent> repeatedContact() {
        return begin(
                        "contact",
                        any(
                                "call_started",
                                "live_chat_conversation_started",
                                "email_received",
                                "store_consulted"))
                .times(3)
                .within(Duration.ofDays(7));
    }

    private static Pattern<CustomerEvent, CustomerEvent> silence() {
        return begin("order", any("order_completed"))
                .notFollowedBy("word")
                .where(
                        any(
                                "order_updated",
                                "order_cancelled",
                                "order_refunded",
                                "delivery_scheduled",
                                "delivery_dispatched",
                                "delivery_delayed",
                                "delivery_failed",
                                "delivery_completed",
                                "store_pickup_completed"))
                .within(Duration.ofDays(2));
    }

    private static Pattern<CustomerEvent, CustomerEvent> upsell() {
        return begin(
                        "praise",
                        SimpleCondition.of(
                                event ->
                                        switch (event.type()) {
                                            case "product_reviewed" -> number(event, "rating") >= 4;
                                            case "survey_answered" -> number(event, "score") >= 9;
                                            default -> false;
                                        }))
                .notFollowedBy("trouble")
                .where(any("case_opened", "complaint_filed", "return_requested"))
                .followedBy("interest")
                .where(any("promotion_clicked", "product_added_to_wishlist"))
                .within(Duration.ofDays(3));
    }

    private static Pattern<CustomerEvent, CustomerEvent> begin(
            String step, SimpleCondition<CustomerEvent> condition) {
        return Pattern.<CustomerEvent>begin(step, SKIP).where(condition);
    }

    private static SimpleCondition<CustomerEvent> any(String... types) {
        Set<String> set = Set.of(types);
        return SimpleCondition.of(event -> set.contains(event.type()));
    }

    private static SimpleCondition<CustomerEvent> valuable() {
        return SimpleCondition.of(
                event -> event.type().equals("product_added") && number(event, "value") >= 50);
    }

    private static double number(CustomerEvent event, String property) {
        return event.properties().path(property).asDouble();
    }

    /** The end of a call that waited for a minute. */
    private static final class GaveUp extends IterativeCondition<CustomerEvent> {

        private static final long serialVersionUID = 1L;

        @Override
        public boolean filter(CustomerEvent event, Context<CustomerEvent> context)
                throws Exception {
            boolean ends =
                    event.type().equals("call_ended")
                            || (event.type().equals("queue_left")
                                    && event.properties()
                                            .path("outcome")
                                            .asText()
                                            .equals("abandoned"));
            return ends
                    && event.time()
                                    - context.getEventsForPattern("waiting")
                                            .iterator()
                                            .next()
                                            .time()
                            >= Duration.ofMinutes(1).toMillis();
        }
    }

    /** An event of this type with the same property as the event of an earlier step. */
    private static final class SameAs extends IterativeCondition<CustomerEvent> {

        private static final long serialVersionUID = 1L;

        private final String type;
        private final String property;
        private final String step;

        SameAs(String type, String property, String step) {
            this.type = type;
            this.property = property;
            this.step = step;
        }

        @Override
        public boolean filter(CustomerEvent event, Context<CustomerEvent> context)
                throws Exception {
            if (!event.type().equals(type)) {
                return false;
            }
            CustomerEvent earlier = context.getEventsForPattern(step).iterator().next();
            return event.properties().path(property).equals(earlier.properties().path(property));
        }
    }

    /** A contact on another channel than those of earlier steps. */
    private static final class Contact extends IterativeCondition<CustomerEvent> {

        private static final long serialVersionUID = 1L;

        private final Set<String> contacts;
        private final List<String> steps;

        Contact(Set<String> contacts, List<String> steps) {
            this.contacts = contacts;
            this.steps = steps;
        }

        @Override
        public boolean filter(CustomerEvent event, Context<CustomerEvent> context)
                throws Exception {
            if (!contacts.contains(event.type())) {
                return false;
            }
            for (String step : steps) {
                if (event.type()
                        .equals(context.getEventsForPattern(step).iterator().next().type())) {
                    return false;
                }
            }
            return true;
        }
    }
}
