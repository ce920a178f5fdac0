package io.tributary.journey;

import static io.tributary.event.EventBuilder.START;
import static io.tributary.event.EventBuilder.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.event.CustomerEvent;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class JourneyTrackerTest {

    private static final JourneyDefinition PURCHASE =
            new JourneyDefinition(
                    "purchase",
                    "Purchase",
                    List.of(
                            stage("browsing", "product_viewed", false, false),
                            stage("cart", "product_added", false, true),
                            stage("checkout", "checkout_started", false, false),
                            stage("ordered", "order_completed", true, false)),
                    Set.of("order_cancelled"),
                    Duration.ofHours(2));

    private final SummaryFold fold = new SummaryFold(new JourneyCatalog(List.of(PURCHASE)));

    @Test
    void eventsLeadForwardThroughTheStages() {
        assertThat(
                        visits(
                                event("1").on("product_viewed").build(),
                                event("2").on("product_added").after("5m").build(),
                                event("3").on("product_viewed").after("6m").build(),
                                event("4").on("checkout_started").after("7m").build()))
                .containsExactly(
                        visit("browsing", 0, 5), visit("cart", 5, 7), visit("checkout", 7, -1));
    }

    @Test
    void aStageMarkedReenterIsEnteredAgainFromALaterOne() {
        assertThat(
                        visits(
                                event("1").on("checkout_started").build(),
                                event("2").on("product_added").after("5m").build(),
                                event("3").on("checkout_started").after("6m").build()))
                .containsExactly(
                        visit("checkout", 0, 5), visit("cart", 5, 6), visit("checkout", 6, -1));
    }

    @Test
    void theGoalEndsTheJourneyAndTheNextEventBeginsItAnew() {
        CustomerSummary summary =
                fold.fold(
                        CustomerSummary.EMPTY,
                        List.of(
                                event("1").on("product_added").build(),
                                event("2").on("order_completed").after("5m").build(),
                                event("3").on("product_viewed").after("9m").build()));
        assertThat(summary.visits())
                .containsExactly(
                        visit("cart", 0, 5), visit("ordered", 5, 5), visit("browsing", 9, -1));
        assertThat(summary.states())
                .containsExactly(
                        new JourneyState(
                                "purchase",
                                "browsing",
                                minute(9),
                                minute(9),
                                minute(9),
                                false,
                                false));
    }

    @Test
    void anEndingEventEndsTheJourneyWithoutItsGoal() {
        CustomerSummary summary =
                fold.fold(
                        CustomerSummary.EMPTY,
                        List.of(
                                event("1").on("product_added").build(),
                                event("2").on("order_cancelled").after("5m").build()));
        assertThat(summary.visits()).containsExactly(visit("cart", 0, 5));
        assertThat(summary.states())
                .containsExactly(
                        new JourneyState("purchase", "cart", START, START, minute(5), true, false));
    }

    @Test
    void aJourneyThatWentQuietWasLeftWhenTheCustomerWasLastSeen() {
        assertThat(
                        visits(
                                event("1").on("product_viewed").build(),
                                event("2").on("product_viewed").after("10m").build(),
                                event("3").on("product_viewed").after("4h").build()))
                .containsExactly(visit("browsing", 0, 10), visit("browsing", 240, -1));
    }

    @Test
    void anEventThatDoesNotConcernTheJourneyDoesNotKeepItAlive() {
        assertThat(
                        visits(
                                event("1").on("product_viewed").build(),
                                event("2").on("call_started").after("90m").build(),
                                event("3").on("product_added").after("3h").build()))
                .containsExactly(visit("browsing", 0, 0), visit("cart", 180, -1));
    }

    private List<StageVisit> visits(CustomerEvent... events) {
        return fold.fold(CustomerSummary.EMPTY, List.of(events)).visits();
    }

    private static StageDefinition stage(String id, String enterOn, boolean goal, boolean reenter) {
        return new StageDefinition(id, id, Set.of(enterOn), null, goal, reenter);
    }

    private static StageVisit visit(String stage, int fromMinute, int toMinute) {
        return new StageVisit(
                "purchase",
                stage,
                minute(fromMinute),
                toMinute < 0 ? StageVisit.STILL_THERE : minute(toMinute));
    }

    private static long minute(int minutes) {
        return START + Duration.ofMinutes(minutes).toMillis();
    }
}
