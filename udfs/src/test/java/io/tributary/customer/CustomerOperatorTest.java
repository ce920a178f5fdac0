package io.tributary.customer;

import static io.tributary.event.EventBuilder.START;
import static io.tributary.event.EventBuilder.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tributary.event.CustomerEvent;
import io.tributary.intervention.DecisionReason;
import io.tributary.intervention.DecisionStatus;
import io.tributary.ledger.LedgerEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CustomerOperatorTest {

    private static final String ANN = "user_id:ann";
    private static final Duration DELAY = Duration.ofSeconds(5);
    private static final List<String> TYPES =
            List.of(
                    "product_viewed",
                    "product_added",
                    "checkout_started",
                    "order_completed",
                    "call_started");

    @Test
    void aPositivePatternIsToldWithTheEventThatCompletesIt() throws Exception {
        try (CustomerHarness harness = new CustomerHarness(Evaluation.onArrival())) {
            harness.plus(ANN, call("1", "0m")).plus(ANN, call("2", "10m"));
            assertThat(harness.told()).isEmpty();
            harness.plus(ANN, call("3", "20m"));
            assertThat(harness.told())
                    .extracting(entry -> entry.match().pattern(), LedgerEntry::sign)
                    .containsExactly(tuple("three-calls", 1));
        }
    }

    @Test
    void anAbsenceIsToldWhenTheWatermarkPassesItsDeadline() throws Exception {
        try (CustomerHarness harness = new CustomerHarness(Evaluation.onArrival())) {
            harness.plus(ANN, cart("1", "0m", 80)).plus(ANN, checkout("2", "5m"));
            harness.watermark(time("34m"));
            assertThat(harness.told()).isEmpty();
            harness.watermark(time("35m"));
            assertThat(harness.patterns()).containsExactly("abandoned");
        }
    }

    @Test
    void aLaterEventOfTheCustomerDoesNotTellAnAbsenceBeforeTheWatermarkDoes() throws Exception {
        try (CustomerHarness harness = new CustomerHarness(Evaluation.onArrival())) {
            harness.plus(ANN, cart("1", "0m", 80)).plus(ANN, checkout("2", "5m"));
            harness.plus(ANN, event("4").on("product_viewed").after("50m").build());
            harness.plus(ANN, cart("5", "51m", 10));
            assertThat(harness.told()).isEmpty();
            harness.plus(ANN, event("3").on("order_completed").after("20m").build());
            harness.watermark(time("60m"));
            assertThat(harness.told()).isEmpty();
        }
    }

    @Test
    void anAbsenceThatWasHeldIsToldWhenTheWatermarkComes() throws Exception {
        try (CustomerHarness harness = new CustomerHarness(Evaluation.onArrival())) {
            harness.plus(ANN, cart("1", "0m", 80)).plus(ANN, checkout("2", "5m"));
            harness.plus(ANN, cart("3", "50m", 10)).watermark(time("34m"));
            assertThat(harness.told()).isEmpty();
            harness.watermark(time("35m"));
            assertThat(harness.patterns()).containsExactly("abandoned");
        }
    }

    @Test
    void aLateEventWithdrawsAnAbsenceThatWasTold() throws Exception {
        try (CustomerHarness harness = new CustomerHarness(Evaluation.onArrival())) {
            harness.plus(ANN, cart("1", "0m", 80)).plus(ANN, checkout("2", "5m"));
            harness.watermark(time("40m"));
            assertThat(harness.patterns()).containsExactly("abandoned");
            harness.plus(ANN, event("3").on("order_completed").after("20m").build());
            assertThat(harness.asserted()).isEmpty();
            assertThat(harness.told()).extracting(LedgerEntry::sign).containsExactly(1, -1);
        }
    }

    @Test
    void whatEndedBecauseOfTheLastEventGoesOnWhenThatIsTakenBack() throws Exception {
        try (CustomerHarness harness = new CustomerHarness(Evaluation.onArrival())) {
            CustomerEvent tooLate = cart("2", "90m", 10);
            harness.plus(ANN, event("1").on("product_viewed").after("0m").build());
            harness.plus(ANN, tooLate).minus(ANN, tooLate);
            harness.plus(ANN, call("3", "30m"));
            assertThat(harness.patterns()).containsExactly("looping");
        }
    }

    @Test
    void anAbsenceThatWasToldStandsAfterARestartBeforeTheFirstWatermark() throws Exception {
        try (CustomerHarness harness = new CustomerHarness(Evaluation.onArrival())) {
            harness.plus(ANN, cart("1", "0m", 80)).plus(ANN, checkout("2", "5m"));
            harness.watermark(time("35m")).restart();
            harness.plus(ANN, event("0").on("product_added").with("value", 1).build());
            assertThat(harness.told()).extracting(LedgerEntry::sign).containsExactly(1);
        }
    }

    @Test
    void twoOffersOfOneDefinitionKeepTheirCooldown() throws Exception {
        try (CustomerHarness harness = new CustomerHarness(Evaluation.onArrival())) {
            for (int i = 0; i < 6; i++) {
                harness.plus(ANN, call("c" + i, 10 * i + "m"));
            }
            harness.plus(ANN, call("c6", "200m"))
                    .plus(ANN, call("c7", "210m"))
                    .plus(ANN, call("c8", "220m"));
            assertThat(harness.told())
                    .extracting(
                            entry -> entry.decision().status(), entry -> entry.decision().reason())
                    .containsExactly(
                            tuple(DecisionStatus.OFFERED, DecisionReason.ELIGIBLE),
                            tuple(DecisionStatus.SUPPRESSED, DecisionReason.COOLDOWN),
                            tuple(DecisionStatus.OFFERED, DecisionReason.ELIGIBLE));
        }
    }

    @Test
    void aPainPointThatComesBackHasTheDecisionThatItHad() throws Exception {
        try (CustomerHarness harness = new CustomerHarness(Evaluation.onArrival())) {
            harness.plus(ANN, call("1", "0m")).plus(ANN, call("2", "10m"));
            harness.plus(ANN, call("3", "20m")).restart();
            harness.minus(ANN, call("2", "10m")).restart();
            harness.plus(
                    ANN,
                    event("no").on("consent_updated").with("granted", false).after("1m").build());
            harness.restart().plus(ANN, call("2", "10m"));
            LedgerEntry first = harness.told().get(0);
            assertThat(first.decision().reason()).isEqualTo(DecisionReason.ELIGIBLE);
            assertThat(first.decision().touchpoints()).hasSize(3);
            assertThat(harness.told()).containsExactly(first, first.withdrawn(), first);
        }
    }

    @Test
    void whatATrimLeavesCanStillBeTakenBack() throws Exception {
        try (CustomerHarness harness = new CustomerHarness(Evaluation.onArrival())) {
            for (String hour : List.of("0h", "40h")) {
                harness.watermark(time(hour));
                harness.plus(ANN, event("a" + hour).on("call_started").after(hour).build());
                harness.plus(ANN, event("b" + hour).on("call_started").after(hour).build());
                harness.plus(ANN, event("c" + hour).on("call_started").after(hour).build());
            }
            harness.watermark(time("60h")).restart();
            harness.minus(ANN, event("b40h").on("call_started").after("40h").build());
            assertThat(harness.told())
                    .hasSize(3)
                    .last()
                    .isEqualTo(harness.told().get(1).withdrawn());
        }
    }

    @Test
    void aRefusalThatWasTrimmedFromTheLogStillCounts() throws Exception {
        try (CustomerHarness harness = new CustomerHarness(Evaluation.onArrival())) {
            harness.plus(
                    ANN,
                    event("no")
                            .on("consent_updated")
                            .with("channel", "voice")
                            .with("granted", false)
                            .build());
            harness.watermark(time("240h"));
            assertThat(harness.timers()).isZero();
            for (int i = 0; i < 3; i++) {
                harness.plus(ANN, call("c" + i, 240 * 60 + i + "m"));
            }
            assertThat(harness.told())
                    .extracting(entry -> entry.decision().reason())
                    .containsExactly(DecisionReason.NO_CONSENT);
        }
    }

    @Test
    void whatIsOlderThanTheAllowedLatenessGoesToTheLateOutput() throws Exception {
        try (CustomerHarness harness = new CustomerHarness(Evaluation.onArrival())) {
            harness.watermark(time("100h"));
            CustomerEvent late = call("late", "57h");
            CustomerEvent inTime = call("inTime", "58h");
            harness.plus(ANN, late).plus(ANN, inTime);
            assertThat(harness.late()).containsExactly(late);
            assertThat(harness.events()).containsOnlyKeys(inTime.toString());
        }
    }

    @Test
    void aCustomerWhoseEventsAllMovedAwayIsEmptied() throws Exception {
        try (CustomerHarness harness = new CustomerHarness(Evaluation.onArrival())) {
            CustomerEvent moved = call("1", "0m");
            harness.plus("anonymous_id:x", moved).minus("anonymous_id:x", moved).plus(ANN, moved);
            assertThat(harness.documents()).containsEntry("anonymous_id:x", "emptied");
            assertThat(harness.documents().get(ANN)).contains("\"call_started\"");
        }
    }

    @Test
    void afterTheHorizonNoStateAndNoTimerIsLeft() throws Exception {
        try (CustomerHarness harness = new CustomerHarness(Evaluation.onArrival())) {
            Random random = new Random(7);
            for (int customer = 0; customer < 20; customer++) {
                for (CustomerEvent event : randomLog(random, 12)) {
                    harness.plus("user_id:" + customer, event);
                }
            }
            assertThat(harness.stateEntries()).isPositive();
            assertThat(harness.timers()).isEqualTo(20);
            for (int hours = 1; hours < 24 * 7; hours++) {
                harness.watermark(time(hours + "h"));
            }
            assertThat(harness.stateEntries()).isZero();
            assertThat(harness.timers()).isZero();
        }
    }

    @Test
    void theOutcomeIsAFunctionOfTheSetOfEvents() throws Exception {
        for (int seed = 0; seed < 150; seed++) {
            List<CustomerEvent> log = randomLog(new Random(seed), 14);
            long end = log.get(log.size() - 1).time();
            try (CustomerHarness batch = new CustomerHarness(Evaluation.onArrival());
                    CustomerHarness live = new CustomerHarness(Evaluation.onArrival())) {
                for (CustomerEvent event : log) {
                    batch.plus(ANN, event);
                }
                batch.watermark(end);
                disturbed(live, log, new Random(seed + 1_000_000L));
                live.watermark(end);
                assertThat(live.asserted()).as("seed %d", seed).isEqualTo(batch.asserted());
                assertThat(live.documents()).as("seed %d", seed).isEqualTo(batch.documents());
                assertThat(live.stages()).as("seed %d", seed).isEqualTo(batch.stages());
                assertThat(live.events()).as("seed %d", seed).isEqualTo(batch.events());
            }
        }
    }

    @Test
    void aBoundedRunFindsWhatALiveRunEndsWith() throws Exception {
        for (int seed = 0; seed < 100; seed++) {
            List<CustomerEvent> log = randomLog(new Random(seed), 14);
            long end = log.get(log.size() - 1).time();
            try (CustomerHarness live = new CustomerHarness(Evaluation.onArrival());
                    CustomerHarness bounded = new CustomerHarness(Evaluation.at(end, DELAY))) {
                for (CustomerEvent event : log) {
                    live.plus(ANN, event);
                }
                live.watermark(end);
                Collections.shuffle(log, new Random(seed));
                for (CustomerEvent event : log) {
                    bounded.plus(ANN, event);
                }
                bounded.watermark(Long.MAX_VALUE);
                bounded.asserted().keySet().removeIf(key -> key.startsWith(ANN + " OPEN"));
                assertThat(bounded.asserted()).as("seed %d", seed).isEqualTo(live.asserted());
                assertThat(bounded.documents()).as("seed %d", seed).isEqualTo(live.documents());
                assertThat(bounded.told())
                        .as("a bounded run takes nothing back, seed %d", seed)
                        .allMatch(LedgerEntry::isAssertion);
            }
        }
    }

    @Test
    void atTheEndOfABoundedRunAnAbsenceWhoseDeadlineLiesAheadIsOpen() throws Exception {
        try (CustomerHarness harness = new CustomerHarness(Evaluation.at(time("20m"), DELAY))) {
            harness.plus(ANN, cart("1", "0m", 80))
                    .plus(ANN, checkout("2", "5m"))
                    .watermark(Long.MAX_VALUE);
            assertThat(harness.told())
                    .extracting(entry -> entry.status().name(), LedgerEntry::decision)
                    .containsExactly(tuple("OPEN", null));
        }
    }

    /**
     * The same events in any order, some of them twice, some taken back for a while, with restarts.
     */
    private static void disturbed(CustomerHarness live, List<CustomerEvent> log, Random random)
            throws Exception {
        List<CustomerEvent> shuffled = new ArrayList<>(log);
        Collections.shuffle(shuffled, random);
        for (CustomerEvent event : shuffled) {
            live.plus(ANN, event);
            switch (random.nextInt(8)) {
                case 0 -> live.plus(ANN, event).minus(ANN, event);
                case 1 -> live.minus(ANN, event).plus(ANN, event);
                case 2 -> live.restart();
                case 3 -> live.watermark(Math.min(event.time(), log.get(log.size() - 1).time()));
                default -> {}
            }
        }
    }

    private static List<CustomerEvent> randomLog(Random random, int size) {
        List<CustomerEvent> log = new ArrayList<>();
        long time = START;
        for (int i = 0; i < size; i++) {
            time += random.nextInt(20) * 60_000L;
            log.add(
                    event("e" + i)
                            .on(TYPES.get(random.nextInt(TYPES.size())))
                            .through(random.nextBoolean() ? "web" : "voice")
                            .by("user_id", "ann")
                            .with("value", 40 + random.nextInt(20))
                            .at(time)
                            .build());
        }
        log.sort(CustomerEvent.BY_TIME_THEN_ID);
        return log;
    }

    private static CustomerEvent call(String id, String after) {
        return event(id).on("call_started").through("voice").after(after).build();
    }

    private static CustomerEvent cart(String id, String after, double value) {
        return event(id).on("product_added").after(after).with("value", value).build();
    }

    private static CustomerEvent checkout(String id, String after) {
        return event(id).on("checkout_started").after(after).build();
    }

    private static long time(String after) {
        return START + Duration.parse("PT" + after).toMillis();
    }
}
