package io.tributary.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.bench.Benchmark.Live;
import io.tributary.bench.Benchmark.Scale;
import io.tributary.bench.OperatorRun.Store;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineBenchmarkTest {

    private static final Path DEFINITIONS = Path.of("../definitions");

    @Test
    void everyNumberIsThereAndMatchesAgree() {
        EngineBenchmark benchmark = new EngineBenchmark();
        List<String> progress = new ArrayList<>();

        // matches that differ would throw
        SortedMap<String, Double> results =
                benchmark.run(
                        new Scale(
                                DEFINITIONS,
                                200,
                                1,
                                50,
                                Path.of("none"),
                                new Live(Path.of(".."), 1, 1),
                                progress::add));

        assertThat(results.keySet()).containsExactlyInAnyOrderElementsOf(benchmark.keys());
        assertThat(results.values()).allMatch(Double::isFinite);
        // the system counts the time of a process in steps that can be longer than all of this
        results.keySet().removeIf(key -> key.contains("process_cpu"));
        assertThat(results.values()).allMatch(value -> value > 0);
        assertThat(results.get(EngineResults.MATCHES)).isGreaterThan(5);
        assertThat(progress).contains("slice 1 of 1");
    }

    @Test
    void aSetOfMatchesKnowsWhatWasTakenBack() {
        MatchSet one = new MatchSet();
        MatchSet other = new MatchSet();
        String id = "0123456789abcdef0123456789abcdef";

        one.add("a", id, 1, EngineTraffic.LIVE);
        one.add("a", "f" + id.substring(1), 1, EngineTraffic.LIVE);
        one.add("a", id, -1, EngineTraffic.LIVE);
        assertThat(one.isSameAs(other)).isFalse();

        other.add("a", "f" + id.substring(1), 1, EngineTraffic.LIVE);
        other.add("b", id, 1, EngineTraffic.LIVE - 1);

        assertThat(one.isSameAs(other)).isTrue();
        assertThat(one.count()).isEqualTo(1);
    }

    @Test
    void copiedCustomersHaveAsMuchStateAsThoseWhoLivedIt(@TempDir Path folder) throws Exception {
        SortedMap<String, Long> lived = bytes(new EngineTraffic(20, 20), folder.resolve("lived"));
        SortedMap<String, Long> copied = bytes(new EngineTraffic(60, 20), folder.resolve("copied"));

        assertThat(lived.get("log")).isPositive();
        assertThat(lived.get("state")).isPositive();
        lived.forEach((state, bytes) -> assertThat(copied).containsEntry(state, 3 * bytes));
    }

    /** Loads, goes on from the checkpoint, and counts. */
    private static SortedMap<String, Long> bytes(EngineTraffic traffic, Path folder)
            throws Exception {
        OperatorSubtaskState loaded;
        try (OursContender loader = ours(folder.resolve("load"), null)) {
            loader.load(traffic);
            loaded = loader.run().checkpoint(2);
        }
        try (OursContender ours = ours(folder.resolve("restored"), loaded)) {
            ours.run().checkpoint(3);
            return StateBytes.read(ours.run().database(), OperatorRun.MAX_PARALLELISM);
        }
    }

    private static OursContender ours(Path folder, @Nullable OperatorSubtaskState restored)
            throws Exception {
        return new OursContender(
                "ours",
                EngineDefinitions.read(DEFINITIONS, 1),
                100,
                Store.rocksDb(folder, 64),
                restored);
    }
}
