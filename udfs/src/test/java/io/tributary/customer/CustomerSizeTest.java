package io.tributary.customer;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.event.CanonicalJson;
import io.tributary.event.CustomerEvent;
import io.tributary.ledger.LedgerEntry;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.junit.jupiter.api.Test;

/** One customer with very many events, and very many customers on a small heap. */
class CustomerSizeTest {

    private static final long START = 1_772_323_200_000L;
    private static final int MOST_EVENTS = 500;

    @Test
    void aCustomerWithMoreEventsThanAPersonHasIsQuarantinedAndTheOthersGoOn() throws Exception {
        try (CustomerHarness harness =
                new CustomerHarness(
                        TestDefinitions.shop(),
                        CustomerHarness.HORIZON,
                        Evaluation.onArrival(),
                        new CustomerLimits(2, MOST_EVENTS))) {
            for (int i = 0; i < 3 * MOST_EVENTS; i++) {
                harness.plus("bot", event("bot-" + i, i, "checkout_started"));
                if (i % MOST_EVENTS == 7) {
                    harness.plus("person", event("person-" + i, i, "call_started"));
                }
            }
            // what is there already can come again and be taken back
            harness.plus("bot", event("bot-3", 3, "checkout_started"));
            harness.minus("bot", event("bot-3", 3, "checkout_started"));
            harness.minus("bot", event("bot-3", 3, "checkout_started"));
            // and what was quarantined can be taken back, which changes nothing
            harness.minus("bot", event("bot-" + MOST_EVENTS, MOST_EVENTS, "checkout_started"));
            assertThat(harness.quarantined())
                    .extracting(CustomerEvent::id)
                    .hasSize(2 * MOST_EVENTS)
                    .startsWith("bot-" + MOST_EVENTS)
                    .endsWith("bot-" + (3 * MOST_EVENTS - 1));
            assertThat(harness.events()).hasSize(MOST_EVENTS - 1 + 3);
            assertThat(harness.patterns()).containsExactly("three-calls");
        }
    }

    @Test
    void stateMayBeLargerThanTheHeapCache() throws Exception {
        int customers = 300;
        Set<String> expected = new TreeSet<>();
        for (int cached = 1; cached <= 3; cached++) {
            try (CustomerHarness harness =
                    new CustomerHarness(
                            TestDefinitions.shop(),
                            CustomerHarness.HORIZON,
                            Evaluation.onArrival(),
                            new CustomerLimits(cached, MOST_EVENTS),
                            new EmbeddedRocksDBStateBackend())) {
                for (int round = 0; round < 4; round++) {
                    for (int i = 0; i < customers; i++) {
                        String customer = "c" + i;
                        // every third one calls often enough, every seventh one only looks
                        String type = i % 7 == 0 || round == 3 ? "product_viewed" : "call_started";
                        if (i % 3 == 0 || round != 1) {
                            harness.plus(customer, event(i + "-" + round, 100 * round + i, type));
                        }
                        if (i % 3 == 0 && i % 7 != 0) {
                            expected.add(customer);
                        }
                    }
                    if (round == 1) {
                        harness.restart();
                    }
                }
                assertThat(calledThrice(harness.told())).isEqualTo(expected);
            }
        }
    }

    private static Set<String> calledThrice(List<LedgerEntry> told) {
        return told.stream()
                .filter(entry -> entry.match().pattern().equals("three-calls"))
                .filter(entry -> entry.sign() > 0)
                .map(LedgerEntry::customer)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static CustomerEvent event(String id, int seconds, String type) {
        long time = START + seconds * 1_000L;
        return new CustomerEvent(
                id,
                type,
                time,
                time,
                time,
                "web",
                "shop",
                List.of(),
                CanonicalJson.bytes(CanonicalJson.object()));
    }
}
