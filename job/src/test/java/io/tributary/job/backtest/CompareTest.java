package io.tributary.job.backtest;

import static io.tributary.job.backtest.Backtests.DEFINITIONS;
import static io.tributary.job.backtest.Backtests.EVENTS;
import static io.tributary.job.backtest.Backtests.contents;
import static io.tributary.job.backtest.Backtests.run;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.event.CanonicalJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --compare OLD NEW} on {@code sample-data/pipeline}. */
class CompareTest {

    private static final Path OLD =
            DEFINITIONS.resolve("patterns").resolve("cart-abandonment.yaml");

    @TempDir private Path folder;
    private Path changed;

    /** Sooner: ten minutes without an order instead of thirty. */
    @BeforeEach
    void writeTheChange() throws IOException {
        String text = Files.readString(OLD);
        changed = folder.resolve("sooner.yaml");
        Files.writeString(
                changed,
                text.replace("version: 1", "version: 2").replace("within: 30m", "within: 10m"));
    }

    @Test
    void aShorterDeadlineMovesOneMatchAndAddsOneWhoOrderedInBetween() throws IOException {
        Path out = folder.resolve("out");
        Backtests.Run run =
                run(out, List.of(EVENTS), "--compare", OLD.toString(), changed.toString());
        assertThat(run.status()).as(run.errors()).isZero();
        JsonNode found =
                CanonicalJson.parse(Files.readAllBytes(out.resolve("compare.json")))
                        .path("patterns")
                        .path("cart-abandonment");
        assertThat(found.path("versions").toString()).isEqualTo("{\"old\":[1],\"new\":[2]}");
        JsonNode matches = found.path("matches");
        assertThat(List.of("both", "moved", "added", "removed"))
                .extracting(count -> matches.path(count).asInt())
                .containsExactly(1, 1, 1, 0);
        JsonNode ben = matches.at("/examples/added/0");
        assertThat(ben.path("detectedAt").asText()).isEqualTo("2026-03-01T10:16:00.000Z");
        assertThat(ben.path("events").toString())
                .isEqualTo("{\"cart\":[\"b1\"],\"checkout\":[\"b2\"]}");
        assertThat(ben.path("old").asText()).isEqualTo("not found");
        assertThat(run.output().lines().map(line -> line.strip().replaceAll(" {2,}", "|")))
                .contains("cart-abandonment|1 -> 2|1|1|1|0|1|1|0");
    }

    @Test
    void bothRunsAreWrittenAsTheyAreAloneAndASecondComparisonIsTheSameBytes() throws IOException {
        Path first = folder.resolve("first");
        Path second = folder.resolve("second");
        for (Path out : List.of(first, second)) {
            assertThat(
                            run(
                                            out,
                                            List.of(EVENTS),
                                            "--compare",
                                            OLD.toString(),
                                            changed.toString())
                                    .status())
                    .isZero();
        }
        assertThat(Files.readString(second.resolve("compare.json")))
                .isEqualTo(Files.readString(first.resolve("compare.json")));
        assertThat(contents(second.resolve("new"))).isEqualTo(contents(first.resolve("new")));
        Path alone = folder.resolve("alone");
        run(alone, List.of(EVENTS), "--patterns", changed.toString());
        assertThat(contents(first.resolve("new"))).isEqualTo(contents(alone));
    }

    @Test
    void whatIsWrongWithEitherIsSaid() throws IOException {
        Path broken = Files.writeString(folder.resolve("broken.yaml"), "id: x\nversion: one\n");
        Path out = folder.resolve("out");
        Backtests.Run problem =
                run(out, List.of(EVENTS), "--compare", OLD.toString(), broken.toString());
        assertThat(problem.status()).isEqualTo(2);
        assertThat(problem.output()).contains(broken + ":2:10: ");
        Backtests.Run missing = run(out, List.of(EVENTS), "--compare", OLD.toString(), "nowhere");
        assertThat(missing.status()).isEqualTo(2);
        assertThat(missing.errors()).contains("--compare: no file or folder nowhere");
        Backtests.Run one = run(out, List.of(EVENTS), "--compare", OLD.toString());
        assertThat(one.status()).isEqualTo(2);
        Backtests.Run both =
                run(
                        out,
                        List.of(EVENTS),
                        "--patterns",
                        OLD.toString(),
                        "--compare",
                        OLD.toString(),
                        changed.toString());
        assertThat(both.status()).isEqualTo(2);
        assertThat(both.errors()).contains("--patterns does not go with it");
    }
}
