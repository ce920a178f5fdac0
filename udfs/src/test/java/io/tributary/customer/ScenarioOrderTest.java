package io.tributary.customer;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.event.CustomerEvent;
import io.tributary.ledger.LedgerEntry;
import io.tributary.pattern.Scenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Every scenario of the library through the live operator, its events in any order of arrival. */
class ScenarioOrderTest {

    private static final int SHUFFLES = 5;

    @Test
    void whateverTheOrderOfArrivalWhatStandsInTheEndIsWhatTheScenarioSays() throws Exception {
        List<Scenario> scenarios = Scenario.all();
        Map<String, List<Scenario.Finding>> expected = new TreeMap<>();
        Horizon horizon = new Horizon(Duration.ofDays(90), Duration.ofDays(14));
        try (CustomerHarness harness =
                new CustomerHarness(Scenario.definitions(), horizon, Evaluation.onArrival())) {
            for (int i = 0; i < scenarios.size(); i++) {
                for (int seed = 0; seed < SHUFFLES; seed++) {
                    String customer = "user_id:" + i + "-" + seed;
                    expected.put(customer + " " + scenarios.get(i), scenarios.get(i).finds());
                    List<CustomerEvent> arriving = new ArrayList<>(scenarios.get(i).events());
                    Collections.shuffle(arriving, new Random(seed));
                    for (CustomerEvent event : arriving) {
                        harness.plus(customer, event);
                    }
                }
            }
            harness.watermark(Scenario.END);
            assertThat(standing(harness.told(), expected.keySet())).isEqualTo(expected);
        }
    }

    private static Map<String, List<Scenario.Finding>> standing(
            List<LedgerEntry> told, Iterable<String> customers) {
        Map<String, Map<Scenario.Finding, Integer>> sums = new TreeMap<>();
        for (LedgerEntry entry : told) {
            sums.computeIfAbsent(
                            entry.customer(), customer -> new TreeMap<>(Scenario.Finding.ORDER))
                    .merge(Scenario.Finding.of(entry.match()), entry.sign(), Integer::sum);
        }
        Map<String, List<Scenario.Finding>> standing = new TreeMap<>();
        for (String named : customers) {
            String customer = named.substring(0, named.indexOf(' '));
            standing.put(
                    named,
                    sums.getOrDefault(customer, Map.of()).entrySet().stream()
                            .filter(finding -> finding.getValue() != 0)
                            .map(Map.Entry::getKey)
                            .toList());
        }
        return standing;
    }
}
