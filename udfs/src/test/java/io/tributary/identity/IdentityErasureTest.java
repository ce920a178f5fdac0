package io.tributary.identity;

import static io.tributary.event.EventBuilder.START;
import static io.tributary.event.EventBuilder.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.definition.Definitions;
import io.tributary.erasure.ErasureReport;
import io.tributary.event.CustomerEvent;
import io.tributary.event.EventBuilder;
import io.tributary.identity.Hop.Rule;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rules 16 and 17 in the operators: on touch, by the sweep, after a restart, on a replay. */
class IdentityErasureTest {

    private static final long HOUR = Duration.ofHours(1).toMillis();

    private IdentityHarness stage;

    @BeforeEach
    void open() throws Exception {
        stage =
                new IdentityHarness(
                        Definitions.read(Path.of("..", "definitions")), Duration.ofDays(20));
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

    private static CustomerEvent request(String after, String who) {
        return event("request").on("erasure_requested").after(after).by("user_id", who).build();
    }

    /** Anna uses the tablet, then Ben; then Anna asks to be erased. */
    private void annaThenBen() throws Exception {
        stage.happens(
                view("a1", "10M"),
                login("a2", "20M", "anna").build(),
                view("a3", "30M"),
                login("b1", "60M", "ben").build(),
                view("b2", "70M"),
                request("2H", "anna"));
    }

    @Test
    void whatIsReadAgainIsDroppedAndEverybodyElsesStays() throws Exception {
        annaThenBen();
        stage.watermark(START + 3 * HOUR).sweep();
        List<String> assigned = stage.assigned();
        int told = stage.told();

        stage.happens(view("a1", "10M"), login("a2", "20M", "anna").build(), view("a3", "30M"));
        stage.happens(view("a4", "40M"), view("b3", "80M"));

        // what was Anna's is removed where it is kept; the customer's stage does the same
        assertThat(assigned).contains("b1 user_id:ben", "b2 user_id:ben");
        assertThat(stage.told()).isEqualTo(told + 1);
        assertThat(stage.assigned()).contains("b3 user_id:ben").doesNotContain("a4 user_id:anna");
    }

    @Test
    void anIdentifierMeetsTheErasureWhenItIsToldSomethingBeforeTheSweep() throws Exception {
        annaThenBen();
        stage.watermark(START + 3 * HOUR);

        stage.happens(view("a5", "31M"), view("c1", "4H"));

        assertThat(stage.assigned())
                .contains("c1 user_id:ben")
                .noneMatch(line -> line.startsWith("a5"));
    }

    @Test
    void everySubtaskReportsOnceAndCountsTheLinks() throws Exception {
        annaThenBen();
        stage.watermark(START + 3 * HOUR).sweep();

        List<ErasureReport> done =
                stage.reports().stream()
                        .filter(report -> report.done() && report.stage().startsWith("anonymous"))
                        .toList();
        assertThat(done).hasSize(1);
        assertThat(done.get(0).removed().links()).isEqualTo(1);
        assertThat(stage.reports().stream().filter(r -> r.stage().equals("requested"))).hasSize(1);
    }

    @Test
    void anErasureWaitsForItsTimeAndOutlivesARestart() throws Exception {
        annaThenBen();
        stage.watermark(START + HOUR).restart();
        stage.happens(view("a4", "40M"));
        assertThat(stage.assigned()).contains("a4 user_id:anna");

        stage.watermark(START + 3 * HOUR).restart().sweep();
        stage.happens(view("a5", "41M"));

        assertThat(stage.assigned()).noneMatch(line -> line.startsWith("a5"));
        assertThat(stage.reports().stream().filter(ErasureReport::done)).isNotEmpty();
    }

    @Test
    void afterTheRequestANewCustomerBegins() throws Exception {
        stage.happens(login("a2", "20M", "anna").build(), request("2H", "anna"));
        stage.watermark(START + 3 * HOUR).sweep();

        stage.happens(view("n1", "3H"));
        assertThat(stage.assigned()).contains("n1 anonymous_id:tablet");

        stage.happens(login("n2", "4H", "anna").build(), view("n3", "5H"));
        assertThat(stage.assigned())
                .contains("n1 user_id:anna", "n2 user_id:anna", "n3 user_id:anna");
    }

    @Test
    void aLeapOfEventTimeMakesNothingFinalBeforeTheSweep() throws Exception {
        stage.happens(login("a2", "20M", "anna").build(), request("2H", "anna"), view("n1", "3H"));
        assertThat(stage.assigned()).contains("n1 user_id:anna");

        stage.watermark(START + Duration.ofDays(100).toMillis()).sweep();

        assertThat(stage.assigned())
                .contains("n1 anonymous_id:tablet")
                .doesNotContain("n1 user_id:anna");
    }

    @Test
    void anAccountTakesWithItWhatIsOneWithIt() throws Exception {
        CustomerEvent alias =
                event("alias")
                        .on("identifiers_aliased")
                        .after("30M")
                        .by("user_id", "anna")
                        .with("previous_user_id", "user_id:old")
                        .build();
        stage.happens(event("o1").after("10M").by("user_id", "old").build(), alias);
        stage.happens(request("2H", "anna")).watermark(START + 3 * HOUR).sweep();
        int told = stage.told();

        stage.happens(event("o1").after("10M").by("user_id", "old").build());
        stage.happens(event("o2").after("11M").by("user_id", "old").build());
        assertThat(stage.told()).isEqualTo(told);

        stage.happens(event("o3").after("4H").by("user_id", "old").build());
        assertThat(stage.assigned()).contains("o3 user_id:old");
    }

    @Test
    void whoOptsOutStaysAloneUntilTheyOptIn() throws Exception {
        stage.happens(login("in", "10M", "anna").build());
        stage.happens(view("a", "20M"), view("b", "70M"), view("c", "130M"));
        stage.happens(
                event("out")
                        .on("stitching_opted_out")
                        .after("1H")
                        .by("anonymous_id", "tablet")
                        .build(),
                event("again")
                        .on("stitching_opted_in")
                        .after("2H")
                        .by("anonymous_id", "tablet")
                        .build());

        assertThat(stage.assigned())
                .containsExactly(
                        "a user_id:anna",
                        "again user_id:anna",
                        "b anonymous_id:tablet",
                        "c user_id:anna",
                        "in user_id:anna",
                        "out anonymous_id:tablet");
        assertThat(stage.path("b anonymous_id:tablet"))
                .extracting(Hop::rule)
                .containsExactly(Rule.OPTED_OUT);
    }
}
