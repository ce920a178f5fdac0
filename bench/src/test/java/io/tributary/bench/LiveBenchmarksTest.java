package io.tributary.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.bench.Benchmark.Live;
import io.tributary.bench.Benchmark.Scale;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * With real servers, at a scale of seconds; {@code -Dbench.live=true} runs what starts them, which
 * takes a minute and a half.
 */
class LiveBenchmarksTest {

    private static final Path HOME = Path.of("..");

    private static Scale scale() {
        return new Scale(
                HOME.resolve("definitions"),
                1,
                1,
                1,
                HOME.resolve("none"),
                new Live(HOME, 3_000, 4),
                progress -> {});
    }

    @Test
    @EnabledIfSystemProperty(named = "bench.live", matches = "true")
    void thePipelineYieldsItsKeysAndAddsUp() {
        PipelineBenchmark pipeline = new PipelineBenchmark();

        SortedMap<String, Double> results = pipeline.run(scale());

        assertThat(results.keySet()).containsExactlyInAnyOrderElementsOf(pipeline.keys());
        assertThat(results.values()).allMatch(value -> value >= 0 && Double.isFinite(value));
        double stages =
                results.entrySet().stream()
                        .filter(result -> result.getKey().matches("pipeline\\.\\w+\\.cpu_.*"))
                        .mapToDouble(result -> result.getValue())
                        .sum();
        assertThat(results.get(PipelineBenchmark.CPU))
                .isPositive()
                .isCloseTo(stages, org.assertj.core.data.Percentage.withPercentage(0.1));
        assertThat(results.get(PipelineBenchmark.DOCUMENTS)).isPositive();
    }

    @Test
    @EnabledIfSystemProperty(named = "bench.live", matches = "true")
    void latencyYieldsItsKeysAndFindsTheSameEachTime() {
        LatencyBenchmark latency = new LatencyBenchmark();

        SortedMap<String, Double> results = latency.run(scale());

        assertThat(results.keySet()).containsExactlyInAnyOrderElementsOf(latency.keys());
        assertThat(results.values()).allMatch(value -> value > 0 && Double.isFinite(value));
        assertThat(results.get("latency.alo.decisions"))
                .isEqualTo(results.get("latency.eo.decisions"))
                .isEqualTo(results.get("latency.bot.decisions"));
    }

    @Test
    void aQuantileIsAValueThatSoManyAreNotAbove() {
        List<Double> hundred =
                java.util.stream.IntStream.rangeClosed(1, 100).mapToObj(i -> (double) i).toList();

        assertThat(LatencyBenchmark.quantile(hundred, 0.5)).isEqualTo(50);
        assertThat(LatencyBenchmark.quantile(hundred, 0.99)).isEqualTo(99);
        assertThat(LatencyBenchmark.quantile(hundred, 1)).isEqualTo(100);
        assertThatThrownBy(() -> LatencyBenchmark.quantile(List.of(), 0.5))
                .isInstanceOf(BenchmarkFailure.class);
    }
}
