package io.tributary.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.bench.Benchmark.Live;
import io.tributary.bench.Benchmark.Scale;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class BenchmarksTest {

    private static final Path DEFINITIONS = Path.of("../definitions");

    private final StringWriter stdout = new StringWriter();
    private final StringWriter stderr = new StringWriter();

    /** The others have tests of their own, with a scale of their own. */
    static List<Benchmark> all() {
        return Benchmarks.ALL.stream()
                .filter(benchmark -> benchmark instanceof DecodeBenchmark)
                .toList();
    }

    private static Scale scale(int events, int rounds) {
        return new Scale(
                DEFINITIONS,
                events,
                rounds,
                1,
                Path.of("none"),
                new Live(Path.of(".."), 1, 1),
                progress -> {});
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyBenchmarkYieldsItsKeysAndNumbersAboveZero(Benchmark benchmark) {
        SortedMap<String, Double> results = benchmark.run(scale(300, 1));

        assertThat(results.keySet()).containsExactlyInAnyOrderElementsOf(benchmark.keys());
        assertThat(results.values()).allMatch(value -> value > 0 && Double.isFinite(value));
    }

    @Test
    void namesAreUnique() {
        assertThat(Benchmarks.ALL).extracting(Benchmark::name).doesNotHaveDuplicates();
    }

    @Test
    void theRatioIsThatOfTheTwoTimes() {
        SortedMap<String, Double> results = new DecodeBenchmark().run(scale(300, 3));

        assertThat(results.get(DecodeBenchmark.VERSUS_FLOOR))
                .isEqualTo(
                        results.get(DecodeBenchmark.CPU) / results.get(DecodeBenchmark.FLOOR_CPU),
                        within(1e-9));
    }

    @Test
    void contendersTakeTurnsAndTheOrderAlternates() {
        StringBuilder order = new StringBuilder();

        new Rounds()
                .compare(
                        2,
                        List.of(
                                () -> order.append('a').length(),
                                () -> order.append('b').length()));

        assertThat(order).hasToString("ab" + "ba" + "ab" + "ba");
    }

    @Test
    void theMedianOfAnEvenNumberIsTheMeanOfTheMiddleTwo() {
        assertThat(Rounds.median(List.of(9L, 1L, 5L))).isEqualTo(5);
        assertThat(Rounds.median(List.of(9L, 1L, 4L, 5L))).isEqualTo(4.5);
    }

    @Test
    void theResultsAreWrittenAsOneFlatObject(@TempDir Path folder) throws IOException {
        Path json = folder.resolve("results.json");

        int code =
                run(
                        "decode",
                        "--events=200",
                        "--rounds=1",
                        "--definitions=" + DEFINITIONS,
                        "--json=" + json);

        assertThat(stderr.toString()).isEmpty();
        assertThat(code).isZero();
        JsonNode written = new ObjectMapper().readTree(Files.readString(json));
        assertThat(written.properties())
                .allMatch(field -> field.getValue().isNumber())
                .extracting(Map.Entry::getKey)
                .containsExactlyInAnyOrderElementsOf(new DecodeBenchmark().keys());
        assertThat(stdout.toString()).contains("ingest.cpu.vs_floor");
    }

    @Test
    void withoutTheRealSessionsItSaysWhereItLookedForThem(@TempDir Path folder) {
        assertThat(
                        run(
                                "cross-device",
                                "--definitions=" + DEFINITIONS,
                                "--cross-device=" + folder.resolve("gone")))
                .isEqualTo(2);
        assertThat(stderr.toString())
                .contains("there is no " + folder.resolve("gone"))
                .contains("--cross-device says where it is");
    }

    @Test
    void anUnknownNameListsWhatThereIs() {
        assertThat(run("nonsense", "--definitions=" + DEFINITIONS)).isEqualTo(2);
        assertThat(stderr.toString())
                .contains("there is no benchmark 'nonsense'")
                .contains("decode");
    }

    private int run(String... args) {
        return new CommandLine(new Main())
                .setOut(new PrintWriter(stdout))
                .setErr(new PrintWriter(stderr))
                .execute(args);
    }
}
