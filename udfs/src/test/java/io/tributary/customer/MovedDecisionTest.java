package io.tributary.customer;

import static io.tributary.event.EventBuilder.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.definition.Definitions;
import io.tributary.event.CustomerEvent;
import io.tributary.identity.Assignment;
import io.tributary.identity.Hop;
import io.tributary.identity.Hop.Rule;
import io.tributary.intervention.Decision;
import io.tributary.ledger.LedgerEntry;
import io.tributary.ledger.PainPointLedger;
import io.tributary.ledger.PainPointLife;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What becomes of decisions where a login moves a device's events to an account. */
class MovedDecisionTest {

    private static final String ACCOUNT = "user_id:u";

    private final List<String> told = new ArrayList<>();
    private final Map<String, PainPointLife> lives = new TreeMap<>();
    private final PainPointLedger ledger = new PainPointLedger(Duration.ofDays(30));

    @Test
    void anOfferMovesWithItsPainPointAndIsMadeOnce() throws Exception {
        try (CustomerHarness customers = customers("0")) {
            assign(customers, calls("a", 0), device("d"), 1, List.of());
            assign(customers, calls("a", 0), ACCOUNT, 1, path("d"));
            assign(customers, calls("a", 0), device("d"), -1, List.of());
            assertThat(told)
                    .containsExactly(
                            "offered eligible of anonymous_id:d for anonymous_id:d",
                            "offered eligible of user_id:u for anonymous_id:d");
        }
    }

    @Test
    void anOfferThatIsTakenBackBeforeItComesIsTheSameOfferAgain() throws Exception {
        try (CustomerHarness customers = customers("0")) {
            assign(customers, calls("a", 0), device("d"), 1, List.of());
            assign(customers, calls("a", 0), device("d"), -1, List.of());
            assign(customers, calls("a", 0), ACCOUNT, 1, path("d"));
            assertThat(told)
                    .containsExactly(
                            "offered eligible of anonymous_id:d for anonymous_id:d",
                            "cancelled withdrawn of anonymous_id:d for anonymous_id:d",
                            "offered eligible of user_id:u for anonymous_id:d");
        }
    }

    @Test
    void aDevicesOfferCountsForTheAccountsCooldownOnceItsEventsAreThere() throws Exception {
        try (CustomerHarness customers = customers("0")) {
            assign(customers, calls("a", 0), device("d"), 1, List.of());
            assign(customers, calls("a", 0), ACCOUNT, 1, path("d"));
            assign(customers, calls("a", 0), device("d"), -1, List.of());
            told.clear();
            assign(customers, calls("b", 60), ACCOUNT, 1, List.of());
            assertThat(told).containsExactly("suppressed cooldown of user_id:u for user_id:u");
        }
    }

    @Test
    void offersMadeBeforeTheLoginBothStandAndNoneIsMadeInTheirPlace() throws Exception {
        try (CustomerHarness customers = customers("0")) {
            assign(customers, calls("b", 60), ACCOUNT, 1, List.of());
            assign(customers, calls("a", 0), device("d"), 1, List.of());
            assign(customers, calls("c", 20), device("d"), 1, List.of());
            told.clear();
            for (List<CustomerEvent> calls : List.of(calls("c", 20), calls("a", 0))) {
                assign(customers, calls, ACCOUNT, 1, path("d"));
                assign(customers, calls, device("d"), -1, List.of());
            }
            assertThat(standing())
                    .containsExactly(
                            "offered eligible of user_id:u for anonymous_id:d",
                            "offered eligible of user_id:u for user_id:u",
                            "suppressed cooldown of user_id:u for anonymous_id:d");
        }
    }

    @Test
    void theArmIsTheSameWhetherTheLoginCameFirstOrLate() throws Exception {
        List<String> late = new ArrayList<>();
        List<String> first = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            late.add(arm(i, true));
            first.add(arm(i, false));
        }
        assertThat(late).isEqualTo(first).contains("HOLDOUT", "TREATMENT");
    }

    private String arm(int i, boolean isLate) throws Exception {
        lives.clear();
        try (CustomerHarness customers = customers("0.5")) {
            if (isLate) {
                assign(customers, calls("a", 0), device("d" + i), 1, List.of());
            }
            assign(customers, calls("a", 0), ACCOUNT, 1, path("d" + i));
            if (isLate) {
                assign(customers, calls("a", 0), device("d" + i), -1, List.of());
            }
            return Objects.requireNonNull(lives.values().iterator().next().decision())
                    .decision()
                    .arm()
                    .name();
        }
    }

    private static CustomerHarness customers(String holdout) throws Exception {
        TreeMap<String, Definitions.SourceFile> files =
                new TreeMap<>(TestDefinitions.shop().files());
        String path = "patterns/three-calls.yaml";
        files.computeIfPresent(
                path,
                (name, file) ->
                        new Definitions.SourceFile(
                                path,
                                file.text()
                                        .replace(
                                                "cooldown: 2h",
                                                "cooldown: 2h, holdout: " + holdout)));
        return new CustomerHarness(
                Definitions.of(files),
                new Horizon(Duration.ofDays(30), Duration.ofHours(6)),
                Evaluation.onArrival());
    }

    private void assign(
            CustomerHarness customers,
            List<CustomerEvent> events,
            String customer,
            int sign,
            List<Hop> path)
            throws Exception {
        for (CustomerEvent event : events) {
            int before = customers.told().size();
            customers.process(new Assignment(customer, sign, event, path));
            List<LedgerEntry> entries = customers.told();
            entries.subList(before, entries.size()).forEach(this::keep);
        }
    }

    private void keep(LedgerEntry entry) {
        PainPointLife before = lives.get(entry.painPoint());
        long now = entry.match().detectedAt();
        PainPointLife after = ledger.apply(before, entry, now, now);
        lives.put(entry.painPoint(), after);
        if (after.decision() != null
                && (before == null || !after.decision().equals(before.decision()))) {
            told.add(line(after.decision().decision()));
        }
    }

    /** Decisions of pain points that somebody has, sorted. */
    private List<String> standing() {
        return lives.values().stream()
                .map(life -> line(Objects.requireNonNull(life.decision()).decision()))
                .filter(line -> !line.startsWith("cancelled"))
                .sorted()
                .toList();
    }

    private static String line(Decision decision) {
        return "%s %s of %s for %s"
                .formatted(
                        decision.status().json(),
                        decision.reason().json(),
                        decision.customer(),
                        decision.decidedFor());
    }

    /** Three calls in three minutes, which is a pain point. */
    private static List<CustomerEvent> calls(String name, int minute) {
        List<CustomerEvent> calls = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            calls.add(event(name + i).on("call_started").after((10 + minute + i) + "m").build());
        }
        return calls;
    }

    private static String device(String name) {
        return "anonymous_id:" + name;
    }

    private static List<Hop> path(String device) {
        return List.of(new Hop(device(device), ACCOUNT, Rule.BACKFILL, 0, "in", "web"));
    }
}
