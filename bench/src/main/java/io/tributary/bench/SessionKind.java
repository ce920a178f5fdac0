package io.tributary.bench;

import java.util.List;
import java.util.SplittableRandom;

/**
 * What a customer came for, and what may happen then: types with how often, in any order. A visit
 * is long or short, so a sequence that a definition waits for is completed in some and broken off
 * in others.
 */
enum SessionKind {
    BROWSE(
            List.of(
                    new Move("page_viewed", 8, "web"),
                    new Move("product_viewed", 4, "web"),
                    new Move("product_clicked", 1, "web"),
                    new Move("search_performed", 2, "web"),
                    new Move("search_result_clicked", 1, "web"))),
    SHOP(
            List.of(
                    new Move("page_viewed", 4, "mobile"),
                    new Move("product_viewed", 3, "mobile"),
                    new Move("product_added", 3, "mobile"),
                    new Move("product_removed", 1, "mobile"),
                    new Move("checkout_started", 2, "mobile"),
                    new Move("checkout_step_viewed", 3, "mobile"),
                    new Move("checkout_step_completed", 2, "mobile"),
                    new Move("payment_failed", 1, "mobile"),
                    new Move("order_completed", 1, "mobile"),
                    new Move("order_updated", 1, "crm"))),
    SERVICE(
            List.of(
                    new Move("page_viewed", 4, "web"),
                    new Move("help_article_viewed", 2, "web"),
                    new Move("call_started", 1, "voice"),
                    new Move("queue_entered", 2, "voice"),
                    new Move("queue_left", 1, "voice"),
                    new Move("call_answered", 1, "voice"),
                    new Move("call_ended", 1, "voice"),
                    new Move("live_chat_conversation_started", 1, "chat"),
                    new Move("email_received", 1, "email"),
                    new Move("case_resolved", 1, "crm"))),
    AFTER_SALES(
            List.of(
                    new Move("page_viewed", 5, "web"),
                    new Move("survey_answered", 2, "survey"),
                    new Move("product_reviewed", 1, "web"),
                    new Move("promotion_clicked", 2, "email"),
                    new Move("product_added_to_wishlist", 1, "web"),
                    new Move("case_opened", 2, "crm"),
                    new Move("social_post_published", 1, "social"),
                    new Move("case_resolved", 1, "crm")));

    private static final List<SessionKind> BY_FREQUENCY =
            List.of(BROWSE, BROWSE, BROWSE, BROWSE, BROWSE, SHOP, SHOP, SHOP, SERVICE, AFTER_SALES);

    /**
     * @param type of the event
     * @param weight how often, beside the others
     * @param channel where
     */
    record Move(String type, int weight, String channel) {}

    private final List<Move> moves;
    private final int weights;

    SessionKind(List<Move> moves) {
        this.moves = moves;
        this.weights = moves.stream().mapToInt(Move::weight).sum();
    }

    static SessionKind draw(SplittableRandom random) {
        return BY_FREQUENCY.get(random.nextInt(BY_FREQUENCY.size()));
    }

    Move move(SplittableRandom random) {
        int at = random.nextInt(weights);
        for (Move move : moves) {
            at -= move.weight();
            if (at < 0) {
                return move;
            }
        }
        throw new IllegalStateException("weights do not add up");
    }
}
