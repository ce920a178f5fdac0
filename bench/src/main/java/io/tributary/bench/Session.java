package io.tributary.bench;

import io.tributary.event.CustomerEvent;
import io.tributary.event.Identifier;
import io.tributary.identity.Assignment;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * One visit of one customer. The cart, checkout, order, call and matter in it are its own: what
 * {@code per} of a definition keeps apart never reaches into another visit.
 */
final class Session {

    /** Mean time between two events of a visit, milliseconds. */
    private static final double MEAN_GAP = 30_000;

    private final SplittableRandom random;
    private final Identifier identifier;
    private final String customer;
    private final String source;
    private final SessionKind kind;
    private final String thing;
    private int left;

    /**
     * @param kind what for
     * @param customer 32 hex digits
     * @param source of the events
     * @param events how many will happen
     */
    Session(SplittableRandom random, SessionKind kind, String customer, String source, int events) {
        this.random = random;
        this.identifier = new Identifier("user_id", customer);
        this.customer = identifier.key();
        this.source = source;
        this.kind = kind;
        this.thing = HexFormat.of().toHexDigits(random.nextLong());
        this.left = events;
    }

    boolean isOver() {
        return left == 0;
    }

    /** Milliseconds until the next event, at least 1; exponentially distributed. */
    long gap() {
        return 1 + (long) (-Math.log(1 - random.nextDouble()) * MEAN_GAP);
    }

    Assignment next(long time) {
        left--;
        SessionKind.Move move = kind.move(random);
        CustomerEvent event =
                new CustomerEvent(
                        new UUID(random.nextLong(), random.nextLong()).toString(),
                        move.type(),
                        time,
                        time,
                        time + 200,
                        move.channel(),
                        source,
                        List.of(identifier),
                        properties(move.type()).getBytes(StandardCharsets.UTF_8));
        return Assignment.plus(customer, event);
    }

    /** Canonical JSON: keys sorted. */
    private String properties(String type) {
        return switch (type) {
            case "product_added", "product_removed" ->
                    object(
                            text("cart_id", "cart-" + thing),
                            text("currency", "EUR"),
                            text("name", "Trekking shoe"),
                            text("product_id", "p-" + product()),
                            number("quantity", 1),
                            number("value", amount()));
            case "product_viewed", "product_clicked" ->
                    object(
                            text("category", "outdoor"),
                            text("name", "Trekking shoe"),
                            number("price", amount()),
                            text("product_id", "p-" + product()));
            case "checkout_started" ->
                    object(
                            text("cart_id", "cart-" + thing),
                            text("checkout_id", "checkout-" + thing),
                            text("currency", "EUR"),
                            number("value", amount()));
            case "checkout_step_viewed", "checkout_step_completed" ->
                    object(
                            text("cart_id", "cart-" + thing),
                            text("checkout_id", "checkout-" + thing),
                            number("step", 1 + random.nextInt(3)));
            case "payment_failed" ->
                    object(
                            text("checkout_id", "checkout-" + thing),
                            text("payment_method", "card"),
                            text("reason", "declined"));
            case "order_completed", "order_updated" ->
                    object(
                            text("cart_id", "cart-" + thing),
                            text("checkout_id", "checkout-" + thing),
                            text("currency", "EUR"),
                            text("order_id", "order-" + thing),
                            number("value", amount()));
            case "queue_left" ->
                    object(
                            text("call_id", "call-" + thing),
                            text("matter", "matter-" + thing),
                            text("outcome", random.nextBoolean() ? "abandoned" : "answered"),
                            text("queue", "billing"));
            case "call_started", "queue_entered", "call_answered", "call_ended" ->
                    object(
                            text("call_id", "call-" + thing),
                            text("matter", "matter-" + thing),
                            text("queue", "billing"));
            case "live_chat_conversation_started",
                    "email_received",
                    "help_article_viewed",
                    "case_opened",
                    "case_resolved" ->
                    object(text("case_id", "case-" + thing), text("matter", "matter-" + thing));
            case "survey_answered" ->
                    object(text("kind", "nps"), number("score", random.nextInt(11)));
            case "product_reviewed" ->
                    object(text("product_id", "p-" + product()), number("rating", stars()));
            case "social_post_published" ->
                    object(text("platform", "forum"), number("sentiment", random.nextInt(3) - 1));
            case "promotion_clicked" -> object(text("name", "Summer sale"));
            case "product_added_to_wishlist" -> object(text("product_id", "p-" + product()));
            case "search_performed", "search_result_clicked" ->
                    object(text("area", "shop"), text("query", "trekking shoe " + product()));
            default ->
                    object(
                            text("category", "outdoor"),
                            text("name", "Overview"),
                            text("path", "/outdoor/" + product()));
        };
    }

    private static String object(String... fields) {
        return "{" + String.join(",", fields) + "}";
    }

    private static String text(String name, String value) {
        return "\"" + name + "\":\"" + value + "\"";
    }

    private static String number(String name, int value) {
        return "\"" + name + "\":" + value;
    }

    private int product() {
        return random.nextInt(10_000);
    }

    private int stars() {
        return 1 + random.nextInt(5);
    }

    private int amount() {
        return 10 + random.nextInt(190);
    }
}
