package io.tributary.customer;

import static io.tributary.event.EventBuilder.START;
import static io.tributary.event.EventBuilder.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tributary.event.CustomerEvent;
import io.tributary.event.EventBuilder;
import io.tributary.intervention.DecisionStatus;
import io.tributary.ledger.LedgerEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ArrivalReplayTest {

    private static final String ANN = "user_id:ann";
    private static final Duration DELAY = Duration.ofSeconds(5);
    private static final long MINUTE = 60_000;
    private static final List<String> TYPES =
            List.of("product_added", "checkout_started", "order_completed", "call_started");

    @Test
    void anOrderThatIsReceivedAfterTheDeadlineTakesTheAbandonmentBack() {
        assertThat(retractions(cart(), checkout(), order(20, 71)))
                .extracting(
                        retraction -> retraction.told().match().pattern(),
                        retraction -> retraction.told().decision().status(),
                        Retraction::toldAt,
                        Retraction::takenBackAt)
                .containsExactly(
                        tuple(
                                "abandoned",
                                DecisionStatus.OFFERED,
                                START + 35 * MINUTE,
                                START + 71 * MINUTE));
    }

    @Test
    void whatComesBeforeTheWatermarkOrSpeaksAgainstNothingTakesNothingBack() {
        assertThat(retractions(cart(), checkout(), order(20, 20))).isEmpty();
        assertThat(retractions(cart(), checkout(), order(20, 34))).isEmpty();
        assertThat(retractions(cart(), checkout(), order(40, 71))).isEmpty();
        CustomerEvent justInTime = event("o").on("order_completed").at(START + 34 * MINUTE).build();
        assertThat(retractions(cart(), checkout(), received(justInTime, 35 * MINUTE + 4_999)))
                .isEmpty();
        assertThat(retractions(cart(), checkout(), received(justInTime, 35 * MINUTE + 5_000)))
                .hasSize(1);
    }

    @Test
    void aDeadlineAfterTheEndOfTheRunIsNotFired() {
        assertThat(replay(START + 30 * MINUTE, cart(), checkout(), order(20, 71))).isEmpty();
        assertThat(replay(START + 35 * MINUTE, cart(), checkout(), order(20, 71))).hasSize(1);
    }

    @Test
    void itIsWhatTheLiveOperatorTellsAndTakesBack() throws Exception {
        int retracted = 0;
        for (int seed = 0; seed < 200; seed++) {
            List<CustomerEvent> log = randomLog(new Random(seed));
            long end = log.get(log.size() - 1).time();
            List<String> live = liveRetractions(log, end);
            assertThat(replay(end, log.toArray(CustomerEvent[]::new)))
                    .as("seed %d", seed)
                    .extracting(retraction -> retraction.told().painPoint())
                    .containsExactlyInAnyOrderElementsOf(live);
            retracted += live.size();
        }
        assertThat(retracted).isGreaterThan(20);
    }

    private static List<Retraction> retractions(CustomerEvent... events) {
        return replay(START + 120 * MINUTE, events);
    }

    private static List<Retraction> replay(long end, CustomerEvent... events) {
        List<CustomerEvent> log = new ArrayList<>(List.of(events));
        log.sort(CustomerEvent.BY_TIME_THEN_ID);
        try (CustomerEvaluator evaluator = CustomerEvaluator.compile(TestDefinitions.shop())) {
            return new ArrivalReplay(evaluator, Evaluation.at(end, DELAY)).retractions(ANN, log);
        }
    }

    /** Pain points that the operator told and that do not stand in the end. */
    private static List<String> liveRetractions(List<CustomerEvent> log, long end)
            throws Exception {
        List<CustomerEvent> arriving = new ArrayList<>(log);
        arriving.sort(
                Comparator.comparingLong(CustomerEvent::receivedTime)
                        .thenComparing(CustomerEvent.BY_TIME_THEN_ID));
        try (CustomerHarness live = new CustomerHarness(Evaluation.onArrival())) {
            for (CustomerEvent event : arriving) {
                live.watermark(Math.min(event.receivedTime() - DELAY.toMillis(), end));
                live.plus(ANN, event);
            }
            live.watermark(end);
            Map<String, Integer> sums = new HashMap<>();
            for (LedgerEntry entry : live.told()) {
                sums.merge(entry.painPoint(), entry.sign(), Integer::sum);
            }
            sums.values().removeIf(sum -> sum != 0);
            return List.copyOf(new TreeSet<>(sums.keySet()));
        }
    }

    private static List<CustomerEvent> randomLog(Random random) {
        List<CustomerEvent> log = new ArrayList<>();
        long time = START;
        for (int i = 0; i < 14; i++) {
            time += random.nextInt(20) * MINUTE;
            EventBuilder event =
                    event("e" + i)
                            .on(TYPES.get(random.nextInt(TYPES.size())))
                            .by("user_id", "ann")
                            .with("value", 40 + random.nextInt(20))
                            .at(time);
            long late = random.nextInt(3) == 0 ? random.nextInt(90) * MINUTE : 0;
            log.add(received(event.build(), time - START + late));
        }
        log.sort(CustomerEvent.BY_TIME_THEN_ID);
        return log;
    }

    private static CustomerEvent cart() {
        return event("c").on("product_added").at(START).with("value", 80.0).build();
    }

    private static CustomerEvent checkout() {
        return event("k").on("checkout_started").at(START + 5 * MINUTE).build();
    }

    /** Minutes after the start. */
    private static CustomerEvent order(long time, long received) {
        return received(
                event("o").on("order_completed").at(START + time * MINUTE).build(),
                received * MINUTE);
    }

    private static CustomerEvent received(CustomerEvent event, long millisAfterStart) {
        return new CustomerEvent(
                event.id(),
                event.type(),
                event.time(),
                event.originalTime(),
                START + millisAfterStart,
                event.channel(),
                event.source(),
                event.identifiers(),
                event.propertiesJson());
    }
}
