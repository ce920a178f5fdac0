package io.tributary.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tributary.definition.Definitions;
import io.tributary.definition.Definitions.SourceFile;
import io.tributary.definition.Problem;
import io.tributary.definition.Problems;
import io.tributary.event.Namespaces;
import io.tributary.identity.IdentitySettings.Logout;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class IdentitySettingsTest {

    private static final String NAMESPACES =
            "namespaces:\n  - {name: user_id, tier: account, rank: 1}\n";

    @Test
    void withoutAWordTheSuggestedOnesHoldAndTheShippedFileSaysThem() {
        Problems problems = new Problems();
        assertThat(IdentitySettings.read(file(NAMESPACES), problems))
                .isEqualTo(IdentitySettings.DEFAULT);
        assertThat(IdentitySettings.read(Definitions.read(Path.of("..", "definitions")), problems))
                .isEqualTo(IdentitySettings.DEFAULT);
        assertThat(problems.sorted()).isEmpty();
    }

    @Test
    void everyOptionIsRead() {
        Problems problems = new Problems();
        Definitions definitions =
                file(
                        NAMESPACES
                                + """
                                ownership:
                                  backfill: 0s
                                  validity: 10d
                                  unlink_reach: 5d
                                  shared: {window: 4d, more_than: 3, claim_within: 2h}
                                  crowd: {more_than: 2}
                                  logout: end
                                  hints: "off"
                                  busy: {claims_a_day: 7, events_an_hour: 8}
                                """);
        Namespaces.read(definitions, problems);
        IdentitySettings read = IdentitySettings.read(definitions, problems);
        assertThat(problems.sorted()).isEmpty();
        assertThat(read)
                .isEqualTo(
                        new IdentitySettings(
                                0,
                                Duration.ofDays(10).toMillis(),
                                Duration.ofDays(4).toMillis(),
                                Duration.ofDays(5).toMillis(),
                                3,
                                Duration.ofHours(2).toMillis(),
                                2,
                                Logout.END,
                                false,
                                7,
                                8));
        assertThat(read.forward()).isEqualTo(Duration.ofDays(5).toMillis());
        assertThat(read.back()).isEqualTo(Duration.ofDays(10).toMillis());
    }

    @Test
    void everythingWrongIsToldAtItsLineAndColumn() {
        Problems problems = new Problems();
        Definitions definitions =
                file(
                        NAMESPACES
                                + """
                                  - {name: crm_id, tier: account, rank: 2}
                                ownership:
                                  backfill: always
                                  validity: 10m
                                  shared: {more_than: 0, claim_within: 2h}
                                  logout: never
                                  hints: maybe
                                  forever: 1
                                """);
        Namespaces.read(definitions, problems);
        IdentitySettings.read(definitions, problems);
        assertThat(problems.sorted())
                .extracting(Problem::line, Problem::column)
                .containsExactlyInAnyOrderElementsOf(
                        List.of(
                                tuple(3, 12),
                                tuple(5, 13),
                                tuple(7, 23),
                                tuple(7, 40),
                                tuple(8, 11),
                                tuple(9, 10),
                                tuple(10, 3)));
    }

    private static Definitions file(String text) {
        return Definitions.of(
                new TreeMap<>(Map.of(Definitions.IDENTITY, new SourceFile("identity.yaml", text))));
    }
}
