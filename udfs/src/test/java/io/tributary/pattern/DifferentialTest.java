package io.tributary.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.event.CanonicalJson;
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
 * Replay against stock flink-cep on random definitions and logs. {@code -Ddifferential.pairs=20000}
 * runs more, {@code -Ddifferential.seed=7} one definition again.
 */
class DifferentialTest {

    private static final int LOGS = 5;
    private static final Limits LIMITS = new Limits(Limits.DEFAULT.horizon(), 1_000_000);

    @Test
    void replayFindsWhatStockFlinkCepFinds() throws Exception {
        int pairs = Integer.getInteger("differential.pairs", 500);
        Long only = Long.getLong("differential.seed");
        if (only != null) {
            compare(only);
            return;
        }
        int compared = 0;
        long found = 0;
        for (long seed = 1; compared < pairs; seed++) {
            int matches = compare(seed);
            compared += matches < 0 ? 0 : LOGS;
            found += Math.max(0, matches);
        }
        assertThat(found).as("matches found at all").isGreaterThan(pairs / 2);
    }

    /** The number of matches; -1 if the definition is refused. */
    private static int compare(long seed) throws Exception {
        Random random = new Random(seed);
        String text = new RandomDefinition(random).text();
        Library library = Library.of(text).with(LIMITS);
        List<CompiledPattern> patterns = library.patterns();
        if (!library.problems.isEmpty()) {
            return -1;
        }
        CompiledPattern pattern = patterns.get(0);
        List<List<CustomerEvent>> logs = new ArrayList<>();
        for (int i = 0; i < LOGS; i++) {
            logs.add(log(i, random));
        }
        List<Set<Map<String, List<String>>>> stock =
                StockFlinkCep.matches(pattern, logs).stream().map(Set::copyOf).toList();
        List<Set<Map<String, List<String>>>> replayed = new ArrayList<>();
        for (List<CustomerEvent> log : logs) {
            Replay replay = pattern.replay(log, Long.MAX_VALUE - 1);
            assertThat(replay.failed()).as("seed %d%n%s", seed, text).isFalse();
            replayed.add(
                    replay.matches().stream()
                            .map(match -> (Map<String, List<String>>) new TreeMap<>(match.events()))
                            .collect(Collectors.toSet()));
        }
        assertThat(replayed).as("seed %d%n%s%n%s", seed, text, logs).isEqualTo(stock);
        return replayed.stream().mapToInt(Set::size).sum();
    }

    private static List<CustomerEvent> log(int customer, Random random) {
        List<CustomerEvent> events = new ArrayList<>();
        long time = Log.START;
        int length = 6 + random.nextInt(8);
        for (int i = 0; i < length; i++) {
            time += 1_000L * random.nextInt(4);
            String type = List.of("a", "b", "c", "d").get(random.nextInt(4));
            events.add(
                    new CustomerEvent(
                            customer + "/" + random.nextInt(1_000) + "-" + i,
                            type,
                            time,
                            time,
                            time,
                            "web",
                            String.valueOf(customer),
                            List.of(),
                            CanonicalJson.bytes(
                                    CanonicalJson.object().put("v", random.nextInt(5)))));
        }
        events.sort(CustomerEvent.BY_TIME_THEN_ID);
        return events;
    }
}
