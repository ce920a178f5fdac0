package io.tributary.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.job.connectors.Output;
import io.tributary.local.Committed.Document;
import io.tributary.local.process.ElasticsearchProcess;
import io.tributary.local.process.KafkaProcess;
import io.tributary.local.process.Servers;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What the two jobs promise together, seen on one {@link EndToEndRun}. */
@ExtendWith(Servers.class)
class EndToEndIT {

    private static EndToEndRun run;

    @BeforeAll
    static void runOnce(
            KafkaProcess kafka, ElasticsearchProcess elasticsearch, @TempDir Path folder)
            throws Exception {
        run = new EndToEndRun(kafka, elasticsearch, folder);
        run.run();
    }

    @AfterAll
    static void end() throws Exception {
        if (run != null) {
            run.close();
        }
    }

    @Test
    void painPointsAndCustomersAreThoseOfTheBacktestDespiteALostTaskManager() {
        assertThat(run.first.detected()).isEqualTo(run.expectedFirst.detected());
        assertThat(run.first.customers()).isEqualTo(run.expectedFirst.customers());
        assertThat(run.first.detected().values())
                .extracting(painPoint -> painPoint.substring(0, painPoint.indexOf(' ')))
                .contains(
                        "cart-abandonment",
                        "checkout-hesitation",
                        "repeated-contact",
                        "slow-resolution",
                        "slow-resolution-high",
                        "slow-resolution-urgent");
        assertThat(run.first.customers()).hasSizeGreaterThanOrEqualTo(EndToEndRun.CUSTOMERS);
        assertThat(run.topics().committed(Output.LATE.topic())).isEmpty();
    }

    @Test
    void theLossFellBetweenTwoCheckpointsAndTookWrittenRecordsWithIt() {
        assertThat(run.uncommittedAtTheLoss).isPositive();
    }

    @Test
    void noRevisionOfADocumentIsWrittenTwice() {
        for (Output output : Committed.DOCUMENTS) {
            Set<String> seen = new HashSet<>();
            assertThat(run.last.records(output))
                    .isNotEmpty()
                    .allMatch(document -> seen.add(document.key() + "/" + document.revision()));
        }
    }

    @Test
    void nothingMalformedStartsTheJobAnewAndAllOfItIsKeptWithReasonAndPlace() throws Exception {
        assertThat(run.restartsOfJourneyJob()).isEqualTo(run.losses);
        assertThat(run.rejected()).containsExactlyInAnyOrderElementsOf(run.expectedRejections());
    }

    @Test
    void theIndexHoldsTheLastRevisionOfEveryDocument() {
        for (Output output : Committed.DOCUMENTS) {
            assertThat(run.indexed.get(output)).isEqualTo(run.again.projection(output));
        }
    }

    @Test
    void theSameTrafficAgainChangesNothing() {
        for (Output output : Committed.DOCUMENTS) {
            assertThat(run.again.records(output)).isEqualTo(run.first.records(output));
        }
        assertThat(run.first.latest(Output.METRICS).values())
                .filteredOn(metric -> metric.json().path("name").asText().equals("events"))
                .hasSizeGreaterThan(EndToEndRun.CUSTOMERS);
    }

    @Test
    void decisionsKeepComingWhileElasticsearchIsGone() {
        assertThat(run.backAt - run.goneAt).isGreaterThanOrEqualTo(EndToEndRun.OUTAGE.toMillis());
        long third = (run.backAt - run.goneAt) / 3;
        Map<Long, Integer> decisions = new TreeMap<>();
        for (Document decision : run.last.records(Output.INTERVENTIONS)) {
            if (decision.timestamp() >= run.goneAt && decision.timestamp() < run.backAt) {
                decisions.merge((decision.timestamp() - run.goneAt) / third, 1, Integer::sum);
            }
        }
        assertThat(decisions).containsKeys(0L, 1L, 2L);
        List<Integer> seen = run.decisionsSeen;
        assertThat(seen.get(seen.size() / 2)).isGreaterThan(seen.get(0));
        assertThat(seen.get(seen.size() - 1)).isGreaterThan(seen.get(seen.size() / 2));
    }

    @Test
    void whatHappenedDuringTheOutageIsAllThereAfterIt() throws Exception {
        assertThat(run.last.detected()).isEqualTo(run.expectedLast.detected());
        assertThat(run.last.customers()).isEqualTo(run.expectedLast.customers());
        for (Output output : Committed.DOCUMENTS) {
            assertThat(run.indexedLast.get(output)).isEqualTo(run.last.projection(output));
        }
        assertThat(run.restartsOfIndexJob()).isZero();
    }
}
