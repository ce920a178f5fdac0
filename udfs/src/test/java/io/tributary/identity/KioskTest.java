package io.tributary.identity;

import static io.tributary.event.EventBuilder.START;
import static io.tributary.event.EventBuilder.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.definition.Definitions;
import io.tributary.erasure.Erasures;
import io.tributary.identity.IdentityLayer.Counted;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One identifier that 100,000 accounts use. */
class KioskTest {

    private static final int ACCOUNTS = 100_000;

    @Test
    @Timeout(60)
    void aKioskOfAHundredThousandAccountsStaysSmallAndHarmless() {
        EventClaims claims = new EventClaims(World.RANKS, IdentitySettings.DEFAULT);
        IdentityLayer layer =
                new IdentityLayer(
                        IdentitySettings.DEFAULT,
                        claims,
                        Duration.ofDays(20).toMillis(),
                        new Erasures());
        HeapKey state = new HeapKey();
        Sums sums = new Sums();
        long step = Duration.ofDays(30).toMillis() / ACCOUNTS;
        for (int i = 0; i < ACCOUNTS; i++) {
            long time = START + i * step;
            Entry login = new Entry(time, "in" + i, Entry.Kind.CLAIM, "user_id:u" + i, "store");
            long watermark = time - Duration.ofHours(1).toMillis();
            layer.process(IdentityMessage.entry("anonymous_id:k", login), state, watermark, sums);
            if (i % 10 == 0) {
                layer.process(
                        IdentityMessage.own(
                                "anonymous_id:k",
                                event("v" + i).at(time + 1).by("anonymous_id", "k").build()),
                        state,
                        watermark,
                        sums);
            }
            if (i % 1000 == 0) {
                layer.expire(state, watermark);
            }
        }
        long entries = state.entries.values().stream().mapToInt(d -> d.entries().size()).sum();
        assertThat(entries).isLessThanOrEqualTo(1000);
        assertThat(state.events.values()).allMatch(hour -> hour.events().size() <= 500);
        assertThat(sums.messages).isLessThan(ACCOUNTS);
        assertThat(sums.counted.get(Counted.BUSY)).isGreaterThanOrEqualTo(30);
        assertThat(sums.present.values()).containsOnly(1).hasSize(ACCOUNTS / 10);
        long elsewhere =
                sums.present.keySet().stream().filter(k -> !k.contains(" anonymous_id:k")).count();
        assertThat(elsewhere).isLessThan(ACCOUNTS / 1000);
    }

    @Test
    @Timeout(60)
    void anIdentifierThatCarriesHalfOfTheTrafficKeepsAnHourOfItAtMost() throws Exception {
        try (IdentityHarness stage =
                new IdentityHarness(
                        Definitions.read(Path.of("..", "definitions")), Duration.ofDays(20))) {
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < 2000; i++) {
                stage.happens(event("b" + i).at(START + i).by("anonymous_id", "bot").build());
                stage.happens(event("c" + i).at(START + i).by("user_id", "u" + i).build());
                expected.add("b" + i + " anonymous_id:bot");
                expected.add("c" + i + " user_id:u" + i);
            }
            assertThat(stage.assigned()).containsExactlyInAnyOrderElementsOf(expected);
            stage.happens(
                    event("in")
                            .on("signed_in")
                            .at(START)
                            .by("anonymous_id", "bot")
                            .by("user_id", "u")
                            .build());
            assertThat(stage.assigned()).containsAll(expected);
        }
    }

    /** Sums up where events went, and counts. */
    private static final class Sums implements IdentityLayer.Output {

        private final Map<String, Integer> present = new HashMap<>();
        private final Map<Counted, Integer> counted = new EnumMap<>(Counted.class);
        private int messages;

        @Override
        public void forward(IdentityMessage message) {
            sum(message.event() + " " + message.key(), message.sign());
        }

        @Override
        public void assign(Assignment assignment) {
            sum(assignment.event() + " " + assignment.customer(), assignment.sign());
        }

        private void sum(String line, int sign) {
            messages++;
            if (present.merge(line, sign, Integer::sum) == 0) {
                present.remove(line);
            }
        }

        @Override
        public void count(Counted what) {
            counted.merge(what, 1, Integer::sum);
        }
    }
}
