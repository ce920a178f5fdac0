package io.tributary.bench;

import java.util.List;

/**
 * The definitions of {@link EngineDefinitions#IDS} in Esper's language. A first event waits for
 * those that Esper's filter index finds by customer and what {@code per} names; overlapping matches
 * are suppressed, which is as close to skipping past the last event as patterns come.
 */
final class EsperStatements {

    private static final String CONTACTS =
            "('call_started', 'live_chat_conversation_started', 'email_received', 'message_received',"
                    + " 'social_message_received', 'store_consulted')";
    private static final String SOLVED =
            "EsperEvent(customer = a.customer, matter = a.matter, type in ('case_resolved',"
                    + " 'case_closed'))";

    private EsperStatements() {}

    static List<String> all() {
        return List.of(
                // cart-abandonment
                pattern(
                        "every a=EsperEvent(type = 'product_added', value >= 50)"
                                + " -> (b=EsperEvent(customer = a.customer, cart = a.cart, type ="
                                + " 'checkout_started') where timer:within(2 hours))"
                                + " -> (timer:interval(30 min) and not EsperEvent(customer ="
                                + " a.customer, cart = a.cart, type = 'order_completed'))"),
                // cart-abandonment-before-checkout
                pattern(
                        "every a=EsperEvent(type = 'product_added', value >= 50)"
                                + " -> (timer:interval(2 hours) and not EsperEvent(customer ="
                                + " a.customer, cart = a.cart, type in ('product_added',"
                                + " 'product_removed', 'checkout_started', 'order_completed')))"),
                // channel-hopping
                pattern(
                        "every a=EsperEvent(type in "
                                + CONTACTS
                                + ") -> ((b=EsperEvent(customer = a.customer, matter = a.matter,"
                                + " type in "
                                + CONTACTS
                                + ", type != a.type) and not "
                                + SOLVED
                                + ") where timer:within(2 days)) -> ((EsperEvent(customer ="
                                + " a.customer, matter = a.matter, type in "
                                + CONTACTS
                                + ", type != a.type, type != b.type) and not "
                                + SOLVED
                                + ") where timer:within(2 days))"),
                // checkout-hesitation
                pattern(
                        "every a=EsperEvent(type in ('checkout_started', 'checkout_step_viewed'))"
                                + " -> (timer:interval(45 sec) and not EsperEvent(customer ="
                                + " a.customer, type in ('checkout_step_viewed',"
                                + " 'checkout_step_completed', 'payment_info_entered',"
                                + " 'coupon_entered', 'form_submitted', 'order_completed',"
                                + " 'checkout_abandoned', 'page_exited', 'session_ended')))"),
                // checkout-loop
                pattern(
                        "every a=EsperEvent(type = 'checkout_step_viewed') -> (([2]"
                                + " EsperEvent(customer = a.customer, checkout = a.checkout, type ="
                                + " 'checkout_step_viewed', step = a.step)) where timer:within(20"
                                + " min))"),
                // public-complaint
                pattern(
                        "every a=EsperEvent(type = 'case_opened') -> ((EsperEvent(customer ="
                                + " a.customer, type in ('social_post_published',"
                                + " 'social_comment_published'), sentiment <= -0.3) and not"
                                + " EsperEvent(customer = a.customer, caseId = a.caseId, type in"
                                + " ('case_resolved', 'case_closed'))) where timer:within(7 days))"),
                // queue-abandonment
                pattern(
                        "every a=EsperEvent(type = 'queue_entered') -> (((timer:interval(60 sec) ->"
                                + " EsperEvent(customer = a.customer, callId = a.callId, (type ="
                                + " 'call_ended' or (type = 'queue_left' and outcome ="
                                + " 'abandoned')))) and not EsperEvent(customer = a.customer,"
                                + " callId = a.callId, type in ('call_answered',"
                                + " 'callback_requested', 'voicemail_left'))) where timer:within(2"
                                + " hours))"),
                // repeated-contact
                pattern(
                        "every a=EsperEvent(type in ('call_started',"
                                + " 'live_chat_conversation_started', 'email_received',"
                                + " 'store_consulted')) -> (([2] EsperEvent(customer = a.customer,"
                                + " matter = a.matter, type in ('call_started',"
                                + " 'live_chat_conversation_started', 'email_received',"
                                + " 'store_consulted'))) where timer:within(7 days))"),
                // silence-after-purchase
                pattern(
                        "every a=EsperEvent(type = 'order_completed') -> (timer:interval(2 days)"
                                + " and not EsperEvent(customer = a.customer, orderId = a.orderId,"
                                + " type in ('order_updated', 'order_cancelled', 'order_refunded',"
                                + " 'delivery_scheduled', 'delivery_dispatched',"
                                + " 'delivery_delayed', 'delivery_failed', 'delivery_completed',"
                                + " 'store_pickup_completed')))"),
                // upsell-moment
                pattern(
                        "every a=EsperEvent((type = 'product_reviewed' and rating >= 4) or (type ="
                                + " 'survey_answered' and score >= 9))"
                                + " -> ((EsperEvent(customer = a.customer, type in"
                                + " ('promotion_clicked', 'product_added_to_wishlist')) and not"
                                + " EsperEvent(customer = a.customer, type in ('case_opened',"
                                + " 'complaint_filed', 'return_requested'))) where timer:within(3"
                                + " days))"));
    }

    private static String pattern(String sequence) {
        return "select * from pattern @SuppressOverlappingMatches [" + sequence + "];\n";
    }
}
