package io.tributary.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.event.CustomerEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Replay against stock flink-cep on random definitions and logs. {@code
 * -Ddifferential.pairs=200000} runs more, {@code -Ddifferential.seed=7} one definition again.
 */
class DifferentialTest {

    private static final int LOGS = 20;

    /** Stock loses a bound there, see {@link StockFlinkCep}. */
    private static final List<Long> RARE = List.of(4778L, 8077L);

    private static final Limits LIMITS = new Limits(Limits.DEFAULT.horizon(), 1_000_000);

    @Test
    void rareCasesAgreeToo() throws Exception {
        for (long seed : RARE) {
            compare(seed);
        }
    }

    @Test
    void replayFindsWhatStockFlinkCepFinds() throws Exception {
        Long only = Long.getLong("differential.seed");
        if (only != null) {
            compare(only);
            return;
        }
        int pairs = Integer.getInteger("differential.pairs", 5_000);
        int compared = 0;
        int broken = 0;
        long found = 0;
        for (long seed = 1; compared < pairs; seed++) {
            try {
                found += compare(seed);
                compared += LOGS;
            } catch (StockFlinkCep.BrokenStock e) {
                broken++;
            }
        }
        assertThat(found).as("matches found at all").isGreaterThan(pairs / 2);
        assertThat(broken).as("definitions that stock cannot run").isLessThan(2 + pairs / 1_000);
    }

    /** The number of matches. */
    private static long compare(long seed) throws Exception {
        Random random = new Random(seed);
        RandomLibrary library = new RandomLibrary(random, 1, LIMITS);
        CompiledPattern pattern = library.patterns().get(0);
        List<List<CustomerEvent>> logs = new ArrayList<>();
        for (int i = 0; i < LOGS; i++) {
            logs.add(RandomLog.of(i, random));
        }
        List<Set<Map<String, List<String>>>> stock = StockFlinkCep.matches(pattern, logs);
        for (int i = 0; i < LOGS; i++) {
            if (!replayed(pattern, logs.get(i)).equals(stock.get(i))) {
                List<CustomerEvent> log =
                        Shrink.smallest(
                                logs.get(i),
                                some -> !replayed(pattern, some).equals(stock(pattern, some)));
                assertThat(replayed(pattern, log))
                        .as("seed %d%n%s%n%s", seed, library, text(log))
                        .isEqualTo(stock(pattern, log));
            }
        }
        return stock.stream().mapToInt(Set::size).sum();
    }

    private static Set<Map<String, List<String>>> stock(
            CompiledPattern pattern, List<CustomerEvent> log) throws Exception {
        return StockFlinkCep.matches(pattern, List.of(log)).get(0);
    }

    private static Set<Map<String, List<String>>> replayed(
            CompiledPattern pattern, List<CustomerEvent> log) {
        Replay replay = pattern.replay(log, Long.MAX_VALUE - 1);
        assertThat(replay.failed()).as("%s%n%s", pattern.key(), text(log)).isFalse();
        return replay.matches().stream()
                .map(match -> new TreeMap<>(match.events()))
                .collect(Collectors.toSet());
    }

    private static String text(List<CustomerEvent> log) {
        return log.stream()
                .map(
                        event ->
                                "%d s %s %s %s"
                                        .formatted(
                                                (event.time() - Log.START) / 1_000,
                                                event.type(),
                                                event.id(),
                                                event.properties()))
                .collect(Collectors.joining("\n"));
    }
}
