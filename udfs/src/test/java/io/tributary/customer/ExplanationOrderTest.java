package io.tributary.customer;

import static io.tributary.event.EventBuilder.START;
import static io.tributary.event.EventBuilder.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.event.CustomerEvent;
import io.tributary.identity.Assignment;
import io.tributary.identity.Hop;
import io.tributary.identity.Hop.Rule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The explanation in the customer's document is a function of what is assigned in the end. */
class ExplanationOrderTest {

    private static final Horizon WIDE = new Horizon(Duration.ofDays(60), Duration.ofHours(6));
    private static final int SEEDS = 150;

    @Test
    void whateverTheOrderOfArrivalTheDocumentExplainsWhatIsAssignedInTheEnd() throws Exception {
        for (int seed = 1; seed <= SEEDS; seed++) {
            Random random = new Random(seed);
            List<Assignment> standing = new ArrayList<>();
            List<Assignment> all = new ArrayList<>();
            invent(random, standing, all);
            Collections.shuffle(all, random);

            Map<String, String> expected = documents(standing, Evaluation.onArrival(), null);
            assertThat(documents(all, Evaluation.onArrival(), random))
                    .as("seed %d", seed)
                    .isEqualTo(expected);
            assertThat(expected.toString()).contains("\"rule\":");
        }
    }

    @Test
    void aBoundedRunExplainsAlike() throws Exception {
        for (int seed = 1; seed <= SEEDS; seed++) {
            Random random = new Random(seed);
            List<Assignment> standing = new ArrayList<>();
            List<Assignment> all = new ArrayList<>();
            invent(random, standing, all);
            Collections.shuffle(all, random);
            assertThat(documents(all, Evaluation.at(START + 100_000_000L, Duration.ZERO), random))
                    .as("seed %d", seed)
                    .isEqualTo(documents(standing, Evaluation.onArrival(), null));
        }
    }

    @Test
    void whatIsTrimmedFromTheLogStaysExplained() throws Exception {
        try (CustomerHarness harness = new CustomerHarness(Evaluation.onArrival())) {
            harness.process(plus(seen(0, 1), List.of(claim("d1", "in", 5))));
            harness.process(plus(seen(1, 2), List.of(claim("d2", "in", 5))));
            harness.watermark(START + Duration.ofDays(9).toMillis());
            assertThat(harness.stateEntries()).isZero();
            harness.process(plus(seen(60 * 24 * 10, 3), List.of(claim("d3", "on", 9))));
            assertThat(harness.documents().get("user_id:u")).doesNotContain("d1").contains("d3");

            harness.process(plus(seen(60 * 24 * 12 - 1, 4), List.of(claim("d4", "on", 9))));
            harness.watermark(START + Duration.ofDays(12).toMillis() + 86_400_000L / 2);
            harness.restart();
            harness.process(plus(seen(60 * 24 * 13, 5), List.of(claim("d5", "on", 9))));
            assertThat(harness.documents().get("user_id:u")).contains("d3", "d4", "d5");
        }
    }

    /** Events of one customer; each ends with one path or gone, after detours. */
    private static void invent(Random random, List<Assignment> standing, List<Assignment> all) {
        int count = 1 + random.nextInt(100);
        for (int i = 0; i < count; i++) {
            CustomerEvent event = seen(i, i % 7);
            List<Hop> path = i == 0 ? List.of(claim("d0", "in", 1)) : path(random);
            for (int detours = random.nextInt(3); detours > 0; detours--) {
                List<Hop> other = path(random);
                all.add(plus(event, other));
                all.add(minus(event, other));
            }
            if (i == 0 || random.nextInt(4) > 0) {
                all.add(plus(event, path));
                standing.add(plus(event, path));
            }
        }
    }

    private static List<Hop> path(Random random) {
        List<Hop> path = new ArrayList<>();
        for (int hops = random.nextInt(3); hops > 0; hops--) {
            path.add(
                    random.nextInt(4) == 0
                            ? new Hop("d" + random.nextInt(3), "", Rule.SHARED, START, "", "")
                            : claim("d" + random.nextInt(3), "in", random.nextInt(3)));
        }
        return path;
    }

    private static Map<String, String> documents(
            List<Assignment> arriving, Evaluation evaluation, @Nullable Random restarts)
            throws Exception {
        try (CustomerHarness harness =
                new CustomerHarness(
                        TestDefinitions.shop(), WIDE, evaluation, new CustomerLimits(1, 1_000))) {
            for (Assignment assignment : arriving) {
                harness.process(assignment);
                if (restarts != null && restarts.nextInt(30) == 0) {
                    harness.restart();
                }
            }
            harness.watermark(evaluation.isBounded() ? Long.MAX_VALUE : START);
            return harness.documents();
        }
    }

    private static CustomerEvent seen(int minute, int device) {
        return event("e" + minute).after(minute + "m").by("anonymous_id", "d" + device).build();
    }

    private static Hop claim(String device, String event, long time) {
        return new Hop(
                "anonymous_id:" + device, "user_id:u", Rule.CLAIM, time, event + time, "web");
    }

    private static Assignment plus(CustomerEvent event, List<Hop> path) {
        return new Assignment("user_id:u", 1, event, path);
    }

    private static Assignment minus(CustomerEvent event, List<Hop> path) {
        return new Assignment("user_id:u", -1, event, path);
    }
}
