package io.tributary.identity;

import static io.tributary.event.EventBuilder.START;
import static io.tributary.event.EventBuilder.event;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.definition.Definitions;
import io.tributary.event.CanonicalJson;
import io.tributary.event.CustomerEvent;
import io.tributary.event.EventBuilder;
import io.tributary.identity.Hop.Rule;
import io.tributary.ingest.SampleEvents;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The stage with the shipped definitions, as Flink runs it. */
class IdentityStageTest {

    private static final Duration KEPT = Duration.ofDays(20);

    private IdentityHarness stage;

    @BeforeEach
    void open() throws Exception {
        stage = new IdentityHarness(Definitions.read(Path.of("..", "definitions")), KEPT);
    }

    @AfterEach
    void close() throws Exception {
        stage.close();
    }

    private static CustomerEvent view(String id, String after) {
        return event(id).after(after).by("anonymous_id", "tablet").build();
    }

    private static EventBuilder login(String id, String after, String who) {
        return event(id)
                .on("signed_in")
                .after(after)
                .by("anonymous_id", "tablet")
                .by("user_id", who);
    }

    private static CustomerEvent logout(String id, String after) {
        return event(id).on("signed_out").after(after).by("anonymous_id", "tablet").build();
    }

    @Test
    void aLateLoginPullsTheAnonymousPastIn() throws Exception {
        stage.happens(view("a", "10M"), view("b", "20M"));
        assertThat(stage.assigned())
                .containsExactly("a anonymous_id:tablet", "b anonymous_id:tablet");
        stage.happens(login("in", "30M", "anna").build());
        assertThat(stage.assigned())
                .containsExactly("a user_id:anna", "b user_id:anna", "in user_id:anna");
        assertThat(stage.path("a user_id:anna"))
                .containsExactly(
                        new Hop(
                                "anonymous_id:tablet",
                                "user_id:anna",
                                Rule.BACKFILL,
                                START + 1_800_000,
                                "in",
                                "test"));
        assertThat(stage.path("in user_id:anna")).isEmpty();
    }

    @Test
    void aSharedTabletSplitsByTimeAndNeverMergesTwoPeople() throws Exception {
        stage.happens(
                login("in1", "10M", "anna").build(),
                login("in2", "50M", "ben").build(),
                view("a", "20M"),
                logout("out", "30M"),
                view("b", "40M"),
                view("c", "60M"));
        assertThat(stage.assigned())
                .containsExactly(
                        "a user_id:anna",
                        "b user_id:ben",
                        "c user_id:ben",
                        "in1 user_id:anna",
                        "in2 user_id:ben",
                        "out user_id:anna");
    }

    @Test
    void anUnlinkGivesBackWhatALinkBroughtIn() throws Exception {
        stage.happens(view("a", "10M"), login("in", "30M", "anna").build(), view("b", "40M"));
        stage.happens(login("un", "50M", "anna").on("identifiers_unlinked").build());
        assertThat(stage.assigned())
                .containsExactly(
                        "a anonymous_id:tablet",
                        "b anonymous_id:tablet",
                        "in user_id:anna",
                        "un user_id:anna");
        assertThat(stage.path("b anonymous_id:tablet"))
                .containsExactly(
                        Hop.guard(
                                Rule.UNLINKED,
                                "anonymous_id:tablet",
                                "user_id:anna",
                                START + 3_000_000));
    }

    @Test
    void anAliasMovesAnAccountAndItsUnlinkMovesItBack() throws Exception {
        stage.happens(view("a", "10M"), login("in", "30M", "anna").build());
        EventBuilder alias =
                event("al")
                        .after("60M")
                        .by("user_id", "anna2")
                        .with("previous_user_id", "user_id:anna");
        stage.happens(alias.on("identifiers_aliased").build()).restart();
        assertThat(stage.assigned())
                .containsExactly("a user_id:anna2", "al user_id:anna2", "in user_id:anna2");
        assertThat(stage.path("in user_id:anna2"))
                .containsExactly(
                        new Hop(
                                "user_id:anna",
                                "user_id:anna2",
                                Rule.ALIAS,
                                START + 3_600_000,
                                "al",
                                "test"));
        stage.happens(
                event("un")
                        .on("identifiers_unlinked")
                        .after("70M")
                        .by("user_id", "anna2")
                        .with("previous_user_id", "user_id:anna")
                        .build());
        assertThat(stage.assigned())
                .containsExactly(
                        "a user_id:anna",
                        "al user_id:anna2",
                        "in user_id:anna",
                        "un user_id:anna2");
    }

    @Test
    void aSegmentMessageTakesAnAliasBack() throws Exception {
        String alias =
                """
                {"type":"alias","messageId":"al","previousId":"anna","userId":"anna2",
                 "timestamp":"2026-03-01T10:00:00Z"}\
                """;
        String unlink =
                """
                {"type":"track","event":"Identifiers Unlinked","messageId":"un","userId":"anna2",
                 "properties":{"previous_user_id":"anna"},"timestamp":"2026-03-01T11:00:00Z"}\
                """;
        String view =
                """
                {"type":"page","messageId":"v","userId":"anna","timestamp":"2026-03-01T09:00:00Z"}\
                """;
        List<CustomerEvent> events =
                SampleEvents.decode(
                        Stream.of(view, alias, unlink)
                                .map(json -> CanonicalJson.parse(json.getBytes(UTF_8)))
                                .toList());
        String own = "v " + events.get(0).identifiers().get(0).key();
        stage.happens(events.get(0), events.get(1));
        assertThat(stage.assigned()).doesNotContain(own);
        stage.happens(events.get(2));
        assertThat(stage.assigned()).contains(own);
    }

    @Test
    void aForwardedLinkIsAHintThatALoginOutranks() throws Exception {
        CustomerEvent link =
                event("link")
                        .on("email_link_clicked")
                        .after("20M")
                        .by("anonymous_id", "tablet")
                        .by("email", "anna")
                        .build();
        stage.happens(view("a", "10M"), link, view("b", "30M"));
        assertThat(stage.assigned())
                .containsExactly("a anonymous_id:tablet", "b email:anna", "link email:anna");
        stage.happens(login("in", "15M", "ben").build());
        assertThat(stage.assigned())
                .containsExactly(
                        "a user_id:ben", "b user_id:ben", "in user_id:ben", "link user_id:ben");
    }

    @Test
    void whatCameTwiceIsThereOnceAndStateSurvivesARestart() throws Exception {
        CustomerEvent a = view("a", "10M");
        stage.happens(a, a).restart().happens(a, login("in", "20M", "anna").build()).restart();
        stage.happens(a, login("in", "20M", "anna").build());
        assertThat(stage.assigned()).containsExactly("a user_id:anna", "in user_id:anna");
    }

    @Test
    void onceNothingCanChangeStateAndTimersAreGone() throws Exception {
        stage.happens(
                view("a", "10M"),
                login("in", "30M", "anna").build(),
                logout("out", "40M"),
                login("un", "50M", "anna").on("identifiers_unlinked").build(),
                event("m").after("60M").by("email", "m").by("user_id", "anna").build());
        assertThat(stage.stateEntries()).isPositive();
        assertThat(stage.timers()).isPositive();
        stage.watermark(START + Duration.ofDays(22).toMillis());
        assertThat(stage.happens(view("old", "15M")).assigned())
                .contains("old anonymous_id:tablet");
        stage.watermark(START + Duration.ofDays(202).toMillis());
        assertThat(stage.stateEntries()).isZero();
        assertThat(stage.timers()).isZero();
    }

    @Test
    void aTabletOfManyIsSharedAndOnlyAFreshLoginCounts() throws Exception {
        for (int i = 0; i < 6; i++) {
            stage.happens(login("in" + i, 10 * i + "H", "u" + i).build());
        }
        stage.happens(view("fresh", "50H20M"), view("stale", "50H40M"));
        assertThat(stage.assigned()).contains("fresh user_id:u5", "stale anonymous_id:tablet");
        assertThat(stage.path("stale anonymous_id:tablet"))
                .extracting(Hop::rule)
                .containsExactly(Rule.SHARED);
    }

    @Test
    void aCrowdKeepsItsOwnEventsAndGivesTheOthersBack() throws Exception {
        for (int i = 0; i < 11; i++) {
            String device = "d" + i;
            stage.happens(
                    event("in" + i)
                            .on("signed_in")
                            .after(i + "H")
                            .by("anonymous_id", device)
                            .by("user_id", "shop")
                            .build(),
                    event("v" + i).after(i + "H1M").by("anonymous_id", device).build());
            if (i == 9) {
                assertThat(stage.assigned()).contains("v9 user_id:shop");
            }
        }
        for (int i = 0; i < 11; i++) {
            assertThat(stage.assigned())
                    .contains("in" + i + " user_id:shop", "v" + i + " anonymous_id:d" + i);
        }
        assertThat(stage.path("v3 anonymous_id:d3"))
                .extracting(Hop::rule)
                .containsExactly(Rule.CLAIM, Rule.CROWD);
    }
}
