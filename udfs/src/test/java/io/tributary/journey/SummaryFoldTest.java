package io.tributary.journey;

import static io.tributary.event.EventBuilder.START;
import static io.tributary.event.EventBuilder.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.event.CustomerEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SummaryFoldTest {

    private static final List<String> TYPES =
            List.of("product_viewed", "product_added", "order_completed", "consent_updated");

    private final SummaryFold fold =
            new SummaryFold(
                    new JourneyCatalog(
                            List.of(
                                    new JourneyDefinition(
                                            "purchase",
                                            "Purchase",
                                            List.of(
                                                    stage("browsing", "product_viewed", false),
                                                    stage("cart", "product_added", false),
                                                    stage("ordered", "order_completed", true)),
                                            Set.of(),
                                            Duration.ofMinutes(30)))));

    @Test
    void aChannelSwitchIsCountedWheneverTheChannelChanges() {
        CustomerSummary summary =
                fold.fold(
                        CustomerSummary.EMPTY,
                        List.of(
                                event("1").through("web").build(),
                                event("2").through("web").after("1m").build(),
                                event("3").through("voice").after("2m").build(),
                                event("4").through("web").after("3m").build()));
        assertThat(summary.channelSwitches()).isEqualTo(2);
        assertThat(summary.touchpoints())
                .extracting(Touchpoint::event)
                .containsExactly("4", "3", "2", "1");
    }

    @Test
    void ofTheTouchpointsOnlyTheLastAreKept() {
        List<CustomerEvent> events = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            events.add(event("e" + i).at(START + i).build());
        }
        assertThat(fold.fold(CustomerSummary.EMPTY, events).touchpoints())
                .hasSize(SummaryFold.TOUCHPOINTS)
                .first()
                .isEqualTo(new Touchpoint("e29", "page_viewed", "web", START + 29));
    }

    @Test
    void theLatestWordOnAPurposeAndChannelCounts() {
        CustomerEvent no = consent("1", "1m", "service", false);
        CustomerEvent yes = consent("2", "2m", "service", true);
        CustomerEvent other = consent("3", "3m", "advertising", false);
        assertThat(fold.fold(CustomerSummary.EMPTY, List.of(no, yes, other)).consents())
                .containsExactly(yes, other);
    }

    @Test
    void aFoldCarriedOnFromAnyPointEndsInTheSameSummary() {
        for (int seed = 0; seed < 200; seed++) {
            List<CustomerEvent> log = randomLog(new Random(seed));
            CustomerSummary whole = fold.fold(CustomerSummary.EMPTY, log);
            for (int cut = 0; cut <= log.size(); cut++) {
                CustomerSummary half = fold.fold(CustomerSummary.EMPTY, log.subList(0, cut));
                assertThat(fold.fold(half, log.subList(cut, log.size())))
                        .as("seed %d, cut at %d", seed, cut)
                        .isEqualTo(whole);
                CustomerSummary trimmed = fold.fold(half.atTrim(), log.subList(cut, log.size()));
                assertThat(trimmed.states()).isEqualTo(whole.states());
                assertThat(whole.visits()).containsAll(trimmed.visits());
            }
        }
    }

    private static List<CustomerEvent> randomLog(Random random) {
        List<CustomerEvent> log = new ArrayList<>();
        long time = START;
        for (int i = 0; i < 12; i++) {
            time += random.nextInt(40) * 60_000L;
            log.add(
                    event("e" + i)
                            .on(TYPES.get(random.nextInt(TYPES.size())))
                            .through(random.nextBoolean() ? "web" : "voice")
                            .by("user_id", "u" + random.nextInt(2))
                            .with("purpose", "p" + random.nextInt(2))
                            .with("granted", random.nextBoolean())
                            .at(time)
                            .build());
        }
        log.sort(CustomerEvent.BY_TIME_THEN_ID);
        return log;
    }

    private static CustomerEvent consent(String id, String after, String purpose, boolean granted) {
        return event(id)
                .on("consent_updated")
                .after(after)
                .with("purpose", purpose)
                .with("granted", granted)
                .build();
    }

    private static StageDefinition stage(String id, String enterOn, boolean goal) {
        return new StageDefinition(id, id, Set.of(enterOn), null, goal, false);
    }
}
