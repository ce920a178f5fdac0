package io.tributary.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.event.CustomerEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ReplayTest {

    private static final String ABSENCE =
            """
            sequence:
              - {as: a, on: a}
              - {as: b, followedBy: b}
              - {notFollowedBy: x, within: 30m}
            within: 2h
            """;

    private static List<String> detections(List<Match> matches) {
        return matches.stream()
                .map(m -> m.events().values() + "@" + (m.detectedAt() - Log.START) / 60_000)
                .toList();
    }

    @Test
    void anAbsenceIsOpenUntilItsDeadlineAndAssertedAtIt() {
        CompiledPattern pattern = Library.withBody(ABSENCE).pattern();
        List<CustomerEvent> log = Log.start().at("0s", "a").at("10m", "b").events();

        Replay before = pattern.replay(log, Log.time("40m") - 1);
        assertThat(before.matches()).isEmpty();
        assertThat(detections(before.open())).containsExactly("[[a-1], [b-2]]@40");
        assertThat(before.nextDeadline()).isEqualTo(Log.time("40m"));

        Replay at = pattern.replay(log, Log.time("40m"));
        assertThat(at.matches()).isEqualTo(before.open());
        assertThat(at.open()).isEmpty();
        assertThat(at.nextDeadline()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void theClosingAbsenceCountsFromTheEventBeforeEvenBeyondTheWindow() {
        CompiledPattern pattern = Library.withBody(ABSENCE).pattern();
        Log log = Log.start().at("0s", "a").at("1h50m", "b");
        assertThat(detections(pattern.replay(log.events(), Log.time("3h")).matches()))
                .containsExactly("[[a-1], [b-2]]@140");
        assertThat(pattern.replay(log.at("2h5m", "x").events(), Log.time("3h")).matches())
                .isEmpty();
    }

    @Test
    void beforeAClosingAbsenceTheNextEventIsWaitedForNoLongerThanTheWindow() {
        CompiledPattern pattern =
                Library.withBody(
                                """
                                sequence:
                                  - {as: a, on: a}
                                  - {as: not_b, notNext: b}
                                  - {notFollowedBy: x, within: 7m}
                                within: 16m
                                """)
                        .pattern();
        List<CustomerEvent> within = Log.start().at("0s", "a").at("15m", "c").events();
        List<CustomerEvent> beyond = Log.start().at("0s", "a").at("16m", "c").events();
        Replay replay = pattern.replay(within, Log.time("1h"));
        assertThat(replay.matches()).hasSize(1);
        // another event of 15m could still speak against it
        assertThat(replay.cleanUpTo(Log.time("15m"))).isEqualTo(Log.START);
        assertThat(pattern.replay(beyond, Log.time("1h")).matches()).isEmpty();
    }

    /** Every a, the first b after it within two hours, no x in the half hour after b. */
    @Test
    void closingAbsencesAgreeWithABruteForceOracle() {
        CompiledPattern pattern = Library.withBody(ABSENCE).pattern();
        for (int seed = 0; seed < 2_000; seed++) {
            Random random = new Random(seed);
            List<CustomerEvent> log = new ArrayList<>();
            long time = Log.START;
            for (int i = 0; i < 12; i++) {
                time += 60_000L * random.nextInt(60);
                String type = List.of("a", "b", "x").get(random.nextInt(3));
                log.add(Log.event("e" + (10 + i), time, type));
            }
            Set<List<String>> expected =
                    log.stream()
                            .filter(a -> a.type().equals("a"))
                            .flatMap(
                                    a ->
                                            log.stream()
                                                    .filter(
                                                            b ->
                                                                    b.type().equals("b")
                                                                            && isAfter(b, a))
                                                    .findFirst()
                                                    .filter(b -> b.time() - a.time() < 7_200_000)
                                                    .filter(b -> noneFollows(log, b))
                                                    .map(b -> List.of(a.id(), b.id()))
                                                    .stream())
                            .collect(Collectors.toSet());
            assertThat(
                            pattern.replay(log, Long.MAX_VALUE - 1).matches().stream()
                                    .map(
                                            m ->
                                                    List.of(
                                                            m.events().get("a").get(0),
                                                            m.events().get("b").get(0)))
                                    .collect(Collectors.toSet()))
                    .as("seed %d: %s", seed, log)
                    .isEqualTo(expected);
        }
    }

    private static boolean isAfter(CustomerEvent later, CustomerEvent earlier) {
        return CustomerEvent.BY_TIME_THEN_ID.compare(later, earlier) > 0;
    }

    private static boolean noneFollows(List<CustomerEvent> log, CustomerEvent b) {
        return log.stream()
                .noneMatch(
                        x ->
                                x.type().equals("x")
                                        && isAfter(x, b)
                                        && x.time() - b.time() < 1_800_000);
    }

    @Test
    void theWindowExcludesItsEnd() {
        CompiledPattern pattern =
                Library.withBody(
                                "sequence:\n  - {as: a, on: a}\n  - {as: b, followedBy: b}\n"
                                        + "within: 10m\n")
                        .pattern();
        assertThat(pattern.replay(Log.start().at("0s", "a").at("9m59s", "b").events(), 0).matches())
                .hasSize(1);
        assertThat(pattern.replay(Log.start().at("0s", "a").at("10m", "b").events(), 0).matches())
                .isEmpty();
    }

    @Test
    void aStepsBoundCountsFromTheEventBefore() {
        CompiledPattern pattern =
                Library.withBody(
                                "sequence:\n  - {as: a, on: a, times: 2, within: 5m}\n"
                                        + "  - {as: b, followedBy: b, within: 5m}\nwithin: 1h\n")
                        .pattern();
        Log slow = Log.start().at("0s", "a").at("4m", "a").at("9m", "b");
        Log soon = Log.start().at("0s", "a").at("4m", "a").at("8m", "b");
        Log late = Log.start().at("0s", "a").at("6m", "a").at("8m", "b");
        assertThat(pattern.replay(slow.events(), 0).matches()).isEmpty();
        assertThat(pattern.replay(soon.events(), 0).matches()).hasSize(1);
        assertThat(pattern.replay(late.events(), 0).matches()).isEmpty();
    }

    @Test
    void instancesAreMatchedApartAndEventsWithoutAValueTakeNoPart() {
        CompiledPattern pattern =
                Library.withBody(
                                "per: event.properties.cart_id\nsequence:\n  - {as: a, on: a}\n"
                                        + "  - {as: b, next: b}\nwithin: 1h\n")
                        .pattern();
        List<CustomerEvent> log =
                Log.start()
                        .at("1m", "a", "cart_id", "1")
                        .at("2m", "a", "cart_id", "2")
                        .at("3m", "b", "cart_id", "1")
                        .at("4m", "b")
                        .at("5m", "b", "cart_id", "2")
                        .events();
        assertThat(detections(pattern.replay(log, 0).matches()))
                .containsExactly("[[a-1], [b-3]]@3", "[[a-2], [b-5]]@5");
    }

    @Test
    void aMatchBelongsToTheVersionThatWasValidAtItsFirstEvent() {
        String body = "sequence:\n  - {as: a, on: a}\n  - {as: b, followedBy: b}\nwithin: 1h\n";
        List<CompiledPattern> versions =
                Library.of(
                                Library.head(2) + "effectiveFrom: 2026-03-01T00:10:00Z\n" + body,
                                Library.head(1) + body)
                        .patterns();
        List<CustomerEvent> log = Log.start().at("9m", "a").at("10m", "a").at("12m", "b").events();
        assertThat(versions.stream().map(p -> p.definition().version())).containsExactly(1, 2);
        assertThat(detections(versions.get(0).replay(log, 0).matches()))
                .containsExactly("[[a-1], [b-3]]@12");
        assertThat(detections(versions.get(1).replay(log, 0).matches()))
                .containsExactly("[[a-2], [b-3]]@12");
    }

    @Test
    void aPausedDefinitionFindsNothing() {
        CompiledPattern pattern =
                Library.withBody("mode: paused\nsequence:\n  - {as: a, on: a}\nwithin: 1h\n")
                        .pattern();
        assertThat(pattern.replay(Log.start().at("1m", "a").events(), 0).matches()).isEmpty();
        assertThat(pattern.reactsTo("a")).isFalse();
    }

    @Test
    void onlyPlainSequencesMayIgnoreOtherTypes() {
        assertThat(Library.withBody(ABSENCE).pattern().reactsTo("c")).isFalse();
        assertThat(Library.withBody(ABSENCE).pattern().reactsTo("x")).isTrue();
        for (String step :
                List.of(
                        "next: b",
                        "notNext: b",
                        "followedBy: b, oneOrMore: true",
                        "followedBy: b, times: {min: 1, max: 2}",
                        "followedBy: b, times: 2, consecutive: true")) {
            CompiledPattern pattern =
                    Library.withBody(
                                    "sequence:\n  - {as: a, on: a}\n  - {"
                                            + step
                                            + "}\nwithin: 1h\n")
                            .pattern();
            assertThat(pattern.reactsTo("c")).as(step).isTrue();
        }
    }

    @Test
    void aLogCutAtACleanTimeFindsTheSameAfterwards() {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            Library library = Library.of(new RandomDefinition(random, "t").text());
            List<CompiledPattern> patterns = library.patterns();
            if (!library.problems.isEmpty()) {
                continue;
            }
            List<CustomerEvent> log = new ArrayList<>();
            for (int i = 0; i < 14; i++) {
                String type = List.of("a", "b", "c", "d").get(random.nextInt(4));
                long time = Log.START + random.nextInt(60) * 1_000L;
                log.add(Log.event("e" + i, time, type, "v", random.nextInt(5)));
            }
            log.sort(CustomerEvent.BY_TIME_THEN_ID);
            Replay whole = patterns.get(0).replay(log, Long.MAX_VALUE - 1);
            long cut = whole.cleanUpTo(Log.time("40s"));
            assertThat(cut).isLessThanOrEqualTo(Log.time("40s"));
            List<CustomerEvent> rest = log.stream().filter(e -> e.time() >= cut).toList();
            assertThat(patterns.get(0).replay(rest, Long.MAX_VALUE - 1).matches())
                    .as("seed %d", seed)
                    .isEqualTo(whole.matches().stream().filter(m -> m.start() >= cut).toList());
        }
    }

    @Test
    void partialMatchesBeyondTheCapAreDroppedAndCounted() {
        CompiledPattern pattern =
                Library.withBody(
                                "sequence:\n  - {as: a, on: a}\n  - {as: b, followedBy: b}\n"
                                        + "within: 1h\n")
                        .with(new Limits(Limits.DEFAULT.horizon(), 2))
                        .pattern();
        List<CustomerEvent> log =
                Log.start().at("1m", "a").at("2m", "a").at("3m", "a").at("4m", "b").events();
        assertThat(detections(pattern.replay(log, 0).matches()))
                .containsExactly("[[a-1], [b-4]]@4", "[[a-2], [b-4]]@4");
        assertThat(pattern.cost().droppedPartialMatches()).isEqualTo(1);
    }

    @Test
    void aReplayLeavesNothingBehind() throws Exception {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        CompiledPattern pattern = Library.withBody(ABSENCE).pattern();
        List<CustomerEvent> one = Log.start().at("0s", "a").events();
        List<CustomerEvent> other = Log.start().at("1m", "b").events();
        pattern.replay(one, Log.time("2m"));
        assertThat(pattern.replay(other, Log.time("3h")).matches()).isEmpty();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (!before.contains(thread) && thread.getName().startsWith("Timer-")) {
                thread.join(10_000);
                assertThat(thread.isAlive()).as("the shared buffer's timer").isFalse();
            }
        }
        pattern.close();
        assertThat(pattern.replay(one, 0).open()).isEmpty();
    }

    @Test
    void stepsAreNamedInDefinitionOrder() {
        CompiledPattern pattern = Library.withBody(ABSENCE).pattern();
        Match match =
                pattern.replay(Log.start().at("0s", "a").at("10m", "b").events(), Log.time("1h"))
                        .matches()
                        .get(0);
        Map<String, List<String>> events = Map.of("a", List.of("a-1"), "b", List.of("b-2"));
        assertThat(match)
                .isEqualTo(
                        new Match(
                                MatchId.of("t", match.events()),
                                "t",
                                1,
                                Log.time("40m"),
                                Log.START,
                                Log.time("40m"),
                                events));
        assertThat(match.events().keySet()).containsExactly("a", "b");
    }
}
