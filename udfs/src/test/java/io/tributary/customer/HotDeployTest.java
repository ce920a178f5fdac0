package io.tributary.customer;

import static io.tributary.event.EventBuilder.START;
import static io.tributary.event.EventBuilder.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.erasure.Sweep;
import io.tributary.event.CustomerEvent;
import io.tributary.intervention.DecisionReason;
import io.tributary.ledger.LedgerEntry;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HotDeployTest {

    private static final String ANN = "user_id:ann";
    private static final String BEN = "user_id:ben";

    /** So many calls, with further lines of YAML. */
    private static String calls(String id, int version, int times, String... more) {
        return """
        id: %s
        version: %d
        name: Calls
        severity: low
        sequence:
          - {as: calls, on: call_started, times: %d}
        within: 6h
        skip: past_last_event
        """
                        .formatted(id, version, times)
                + String.join("\n", more);
    }

    @Test
    void aNewDefinitionFindsFromItsRecordsTimeOn() throws Exception {
        try (LiveHarness harness = new LiveHarness()) {
            harness.plus(ANN, call("1", "0m")).plus(ANN, call("2", "1m"));
            harness.deploy("two-calls@1", calls("two-calls", 1, 2), time("10m"));
            harness.plus(ANN, call("3", "20m")).plus(BEN, call("b1", "20m"));
            assertThat(harness.standing()).isEqualTo(Map.of("three-calls@1 " + ANN, 1));
            harness.plus(ANN, call("4", "21m")).plus(BEN, call("b2", "21m"));
            assertThat(harness.standing())
                    .isEqualTo(
                            Map.of(
                                    "three-calls@1 " + ANN, 1,
                                    "two-calls@1 " + ANN, 1,
                                    "two-calls@1 " + BEN, 1));
            assertThat(harness.statuses("request", "id", "version", "status", "offset"))
                    .containsExactly("two-calls 1 accepted 0");
        }
    }

    @Test
    void anEarlierEffectiveFromLooksBack() throws Exception {
        try (LiveHarness harness = new LiveHarness()) {
            harness.plus(ANN, call("1", "0m")).plus(ANN, call("2", "1m"));
            harness.deploy(
                    "two-calls@1",
                    calls("two-calls", 1, 2, "effectiveFrom: 2020-01-01T00:00:00Z"),
                    time("10m"));
            harness.plus(ANN, event("x").on("product_viewed").after("11m").build());
            assertThat(harness.standing()).isEqualTo(Map.of("two-calls@1 " + ANN, 1));
        }
    }

    @Test
    void aChangedDefinitionDrainsTheOldOne() throws Exception {
        try (LiveHarness harness = new LiveHarness()) {
            harness.plus(ANN, call("1", "0m")).plus(ANN, call("2", "1m"));
            harness.deploy("three-calls@2", calls("three-calls", 2, 2), time("10m"));
            harness.plus(ANN, call("3", "20m")).plus(ANN, call("4", "21m"));
            harness.plus(BEN, call("b1", "20m")).plus(BEN, call("b2", "21m"));
            assertThat(harness.standing())
                    .isEqualTo(
                            Map.of(
                                    "three-calls@1 " + ANN, 1,
                                    "three-calls@2 " + ANN, 1,
                                    "three-calls@2 " + BEN, 1));
            harness.pass(1);
            assertThat(harness.statuses("definition", "id", "version", "status", "mode", "from"))
                    .contains(
                            "three-calls 1 in_force live files",
                            "three-calls 2 in_force live topic");
        }
    }

    @Test
    void aLaterVersionThatLooksBackTakesOverWhatTheOldOneFound() throws Exception {
        try (LiveHarness harness = new LiveHarness()) {
            for (int i = 0; i < 3; i++) {
                harness.plus(ANN, call("c" + i, i + "m"));
            }
            assertThat(harness.standing()).isEqualTo(Map.of("three-calls@1 " + ANN, 1));
            harness.deploy(
                    "three-calls@2",
                    calls("three-calls", 2, 2, "effectiveFrom: 2020-01-01T00:00:00Z"),
                    time("10m"));
            harness.plus(ANN, event("x").on("product_viewed").after("11m").build());
            assertThat(harness.standing()).isEqualTo(Map.of("three-calls@2 " + ANN, 1));
        }
    }

    @Test
    void whatAPausedDefinitionToldStandsAndItFindsNothingNewUntilItIsLive() throws Exception {
        try (LiveHarness harness = new LiveHarness()) {
            for (int i = 0; i < 3; i++) {
                harness.plus(ANN, call("a" + i, i + "m"));
            }
            harness.deploy("three-calls", "mode: paused", time("10m"));
            for (int i = 0; i < 3; i++) {
                harness.plus(ANN, call("p" + i, 20 + i + "m"));
            }
            harness.plus(ANN, call("late", "5m"));
            assertThat(harness.standing()).isEqualTo(Map.of("three-calls@1 " + ANN, 1));
            harness.deploy("three-calls", "mode: live", time("30m"));
            harness.plus(ANN, call("l0", "40m"));
            assertThat(harness.standing()).isEqualTo(Map.of("three-calls@1 " + ANN, 2));
        }
    }

    @Test
    void aShadowedDefinitionFindsAndSendsNothing() throws Exception {
        try (LiveHarness harness = new LiveHarness()) {
            harness.deploy("three-calls", "mode: shadow", time("0m"));
            for (int i = 0; i < 3; i++) {
                harness.plus(ANN, call("a" + i, i + "m"));
            }
            assertThat(harness.told())
                    .extracting(entry -> entry.decision().reason())
                    .containsExactly(DecisionReason.SHADOW);
        }
    }

    @Test
    void aRemovedDefinitionFindsNothingAndWhatItToldStands() throws Exception {
        try (LiveHarness harness = new LiveHarness()) {
            for (int i = 0; i < 3; i++) {
                harness.plus(ANN, call("a" + i, i + "m"));
            }
            harness.deploy("three-calls", null, time("10m"));
            for (int i = 0; i < 3; i++) {
                harness.plus(ANN, call("p" + i, 20 + i + "m")).pass(100);
            }
            harness.plus(ANN, call("late", "5m"));
            assertThat(harness.told()).extracting(LedgerEntry::sign).containsExactly(1);
            assertThat(harness.statuses("definition", "id", "version", "status"))
                    .contains("three-calls 1 removed");
            harness.deploy("three-calls@1", calls("three-calls", 1, 2), time("40m"));
            assertThat(harness.statuses("request", "status", "problems"))
                    .last()
                    .asString()
                    .contains("refused", "version 1 of three-calls was removed: raise 'version'");
        }
    }

    @Test
    void aBadDefinitionIsRefusedWithItsPlaceAndTheOldOneGoesOn() throws Exception {
        try (LiveHarness harness = new LiveHarness()) {
            harness.deploy(
                    "three-calls@2",
                    calls("three-calls", 2, 2).replace("call_started", "call_startd"),
                    time("0m"));
            harness.deploy("three-calls@3", "id: [", time("0m"));
            harness.deploy(
                    "three-calls@4",
                    calls("three-calls", 4, 2).replace("within: 6h", "within: 7h"),
                    time("0m"));
            harness.deploy("three-calls@6", calls("three-calls", 5, 2), time("0m"));
            harness.deploy("three-calls@1", calls("three-calls", 1, 2), time("0m"));
            harness.deploy("tree-calls", "mode: paused", time("0m"));
            harness.deploy("three-calls", "mode: off", time("0m"));
            assertThat(harness.statuses("request", "status")).hasSize(7).containsOnly("refused");
            assertThat(harness.statuses("request", "problems"))
                    .satisfiesExactly(
                            p ->
                                    assertThat(p)
                                            .contains(
                                                    "unknown event type 'call_startd'",
                                                    "\"line\":6",
                                                    "three-calls@2.yaml"),
                            p -> assertThat(p).contains("\"line\":1"),
                            p ->
                                    assertThat(p)
                                            .contains(
                                                    "this looks back 7h, the running job at most"
                                                            + " 6h",
                                                    "state.window.max",
                                                    "\"line\":7"),
                            p -> assertThat(p).contains("key says three-calls@6"),
                            p -> assertThat(p).contains("in force with another text"),
                            p -> assertThat(p).contains("did you mean 'three-calls'?"),
                            p -> assertThat(p).contains("mode: shadow"));
            for (int i = 0; i < 3; i++) {
                harness.plus(ANN, call("a" + i, i + "m"));
            }
            assertThat(harness.standing()).isEqualTo(Map.of("three-calls@1 " + ANN, 1));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theSweepReachesQuietCustomersInSlices(boolean rocksDb) throws Exception {
        try (LiveHarness harness =
                new LiveHarness(TestDefinitions.shop(), CustomerHarness.HORIZON, rocksDb)) {
            Map<String, Integer> expected = new TreeMap<>();
            for (int i = 0; i < Sweep.SLICE_KEYS + 200; i++) {
                String customer = "user_id:" + i;
                harness.plus(customer, call("a" + i, "0m")).plus(customer, call("b" + i, "1m"));
                expected.put("two-calls@1 " + customer, 1);
            }
            harness.watermark(time("2m"));
            harness.deploy(
                    "two-calls@1",
                    calls("two-calls", 1, 2, "effectiveFrom: 2020-01-01T00:00:00Z"),
                    time("10m"));
            assertThat(harness.standing()).isEmpty();
            harness.pass(1);
            assertThat(harness.standing()).hasSize(Sweep.SLICE_KEYS);
            harness.pass(10_000);
            assertThat(harness.standing()).isEqualTo(expected);
            assertThat(harness.statuses("sweep", "status", "seen", "evaluated"))
                    .containsExactly("running 500 500", "done 700 700");
        }
    }

    @Test
    void aSweepSetsTheTimerOfANewAbsence() throws Exception {
        try (LiveHarness harness = new LiveHarness()) {
            harness.plus(ANN, call("1", "0m")).watermark(time("1m"));
            harness.deploy(
                    "no-order@1",
                    calls("no-order", 1, 1, "effectiveFrom: 2020-01-01T00:00:00Z")
                            .replace(
                                    "times: 1}",
                                    "times: 1}\n  - {notFollowedBy: order_completed, within: 30m}")
                            .replace("within: 6h", "within: 1h"),
                    time("2m"));
            harness.pass(1_000).watermark(time("29m"));
            assertThat(harness.standing()).isEmpty();
            harness.watermark(time("30m"));
            assertThat(harness.standing()).isEqualTo(Map.of("no-order@1 " + ANN, 1));
        }
    }

    @Test
    void anAbsenceThatIsDueWhenAnotherIsNewIsNotLost() throws Exception {
        try (LiveHarness harness = new LiveHarness()) {
            harness.plus(ANN, event("1").on("product_added").with("value", 80).build());
            harness.plus(ANN, event("2").on("checkout_started").after("5m").build());
            harness.watermark(time("10m")).restart(1);
            harness.deploy(
                    "no-order@1",
                    calls("no-order", 1, 1, "effectiveFrom: 2020-01-01T00:00:00Z")
                            .replace(
                                    "on: call_started, times: 1}",
                                    "on: product_added}\n"
                                            + "  - {notFollowedBy: order_completed, within: 36m}")
                            .replace("within: 6h", "within: 1h"),
                    time("10m"));
            harness.watermark(time("40m"));
            assertThat(harness.standing())
                    .isEqualTo(Map.of("abandoned@1 " + ANN, 1, "no-order@1 " + ANN, 1));
        }
    }

    @Test
    void aRestoreKeepsWhatWasDeployedAndGoesOnWithTheSweep() throws Exception {
        try (LiveHarness harness = new LiveHarness()) {
            for (int i = 0; i < 40; i++) {
                String customer = "user_id:" + i;
                harness.plus(customer, call("a" + i, "0m")).plus(customer, call("b" + i, "1m"));
            }
            harness.deploy(
                    "two-calls@1",
                    calls("two-calls", 1, 2, "effectiveFrom: 2020-01-01T00:00:00Z"),
                    time("10m"));
            harness.deploy("looping", "mode: paused", time("11m"));
            harness.deploy("abandoned", null, time("12m"));
            assertThat(harness.standing()).isEmpty();
            harness.restart(2).pass(10_000);
            assertThat(harness.standing()).hasSize(40);
            assertThat(harness.statuses("sweep", "status", "subtasks"))
                    .containsExactly("done 2", "done 2");
            harness.restart(1).pass(10_000);
            assertThat(harness.statuses("sweep", "status")).hasSize(2);
            assertThat(harness.statuses("definition", "id", "status", "mode", "from"))
                    .endsWith(
                            "abandoned removed  ",
                            "looping in_force paused files",
                            "three-calls in_force live files",
                            "two-calls in_force live topic");
            harness.plus(ANN, call("1", "20m")).plus(ANN, call("2", "21m"));
            assertThat(harness.standing()).containsEntry("two-calls@1 " + ANN, 1);
        }
    }

    @Test
    void aSmallerWindowAtARestartSetsADeployedDefinitionAside() throws Exception {
        try (LiveHarness wide =
                new LiveHarness(
                        TestDefinitions.shop(),
                        new Horizon(Duration.ofDays(2), Duration.ofHours(12)),
                        false)) {
            wide.deploy(
                    "two-calls@1",
                    calls("two-calls", 1, 2).replace("within: 6h", "within: 9h"),
                    time("0m"));
            assertThat(wide.statuses("request", "status")).containsExactly("accepted");
            wide.restart(1, CustomerHarness.HORIZON).pass(1);
            assertThat(wide.statuses("definition", "id", "status", "problems"))
                    .last()
                    .asString()
                    .startsWith("two-calls refused")
                    .contains("state.window.max");
        }
    }

    private static CustomerEvent call(String id, String after) {
        return event(id).on("call_started").through("voice").after(after).build();
    }

    private static long time(String after) {
        return START + Duration.parse("PT" + after).toMillis();
    }
}
