package io.tributary.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tributary.bench.Benchmark.Live;
import io.tributary.bench.Benchmark.Scale;
import io.tributary.event.CustomerEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdentityBenchmarkTest {

    private static final Path DEFINITIONS = Path.of("../definitions");

    private static Scale scale(Path crossDevice) {
        return new Scale(
                DEFINITIONS,
                400,
                1,
                1_000,
                crossDevice,
                new Live(Path.of(".."), 1, 1),
                progress -> {});
    }

    @Test
    void everyEventHasACustomerAndEveryNumberIsThere() {
        IdentityBenchmark benchmark = new IdentityBenchmark();

        // an event without a customer would throw
        SortedMap<String, Double> results = benchmark.run(scale(Path.of("none")));

        assertThat(results.keySet()).containsExactlyInAnyOrderElementsOf(benchmark.keys());
        // the system counts the time of a process in steps that can be longer than all of this
        results.keySet().removeIf(key -> key.contains("process_cpu"));
        assertThat(results.values()).allMatch(value -> value > 0 && Double.isFinite(value));
        assertThat(results.get(IdentityReach.NONE.messages())).isBetween(2.0, 3.0);
        assertThat(results.get(IdentityReach.MONTH.messages()))
                .isGreaterThan(results.get(IdentityReach.NONE.messages()));
        assertThat(results.get(IdentityReach.MONTH.stateBytes()))
                .isGreaterThan(results.get(IdentityReach.NONE.stateBytes()));
    }

    @Test
    void fourFifthsOfTheTrafficAreAnonymous() {
        List<CustomerEvent> events = new IdentityTraffic(1_000).take(50_000);

        long anonymous =
                events.stream()
                        .filter(event -> event.identifiers().size() == 1)
                        .filter(
                                event ->
                                        event.identifiers()
                                                .get(0)
                                                .namespace()
                                                .equals("anonymous_id"))
                        .count();

        assertThat(anonymous / 50_000.0).isEqualTo(0.8, within(0.02));
        assertThat(events).isSortedAccordingTo(CustomerEvent.BY_TIME_THEN_ID);
    }

    @Test
    void pairsAreCountedOverAllThings() {
        // together: ab, cd; belong together: abc (ab, ac, bc)
        PairScore score = PairScore.of(List.of("1", "1", "2", "2"), List.of("x", "x", "x", "y"));

        assertThat(score).isEqualTo(new PairScore(1 / 2.0, 1 / 3.0));
    }

    @Test
    void twoWhoShareADeviceStayTwoAndAreOneComponent(@TempDir Path folder) throws IOException {
        // one device each; of 34 visitors 10 live in pairs
        List<String> lines =
                new ArrayList<>(List.of("id_visitor|id_session|dim_device_app_combo|ts_min"));
        for (int visitor = 0; visitor < 34; visitor++) {
            for (int day = 1; day <= 9; day++) {
                lines.add(
                        "v%d|s%d-%d|Phone|2015-02-0%d 1%d:00:%02d"
                                .formatted(visitor, visitor, day, day, visitor % 10, visitor));
            }
        }
        Files.write(folder.resolve(HouseholdSessions.FILE), lines);
        CrossDeviceBenchmark benchmark = new CrossDeviceBenchmark();

        SortedMap<String, Double> results = benchmark.run(scale(folder));

        assertThat(results.keySet()).containsExactlyInAnyOrderElementsOf(benchmark.keys());
        assertThat(results.get("cross_device.precision_50")).isEqualTo(1);
        assertThat(results.get("cross_device.recall_80")).isEqualTo(1, within(0.01));
        assertThat(results.get("cross_device.components.precision_80")).isEqualTo(1);
        assertThat(results.get("cross_device.shared.precision_80"))
                .isGreaterThan(results.get("cross_device.components.shared.precision_80") + 0.05);
    }
}
