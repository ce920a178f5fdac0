package io.tributary.local.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.local.process.ElasticsearchProcess;
import io.tributary.local.process.KafkaProcess;
import io.tributary.local.process.Servers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What submit, upgrade and the cluster promise, seen on one {@link ClusterRun}. */
@ExtendWith(Servers.class)
class ClusterIT {

    private static ClusterRun run;

    @BeforeAll
    static void runOnce(
            KafkaProcess kafka, ElasticsearchProcess elasticsearch, @TempDir Path folder)
            throws Exception {
        run = new ClusterRun(kafka, elasticsearch, folder);
        run.run();
    }

    @AfterAll
    static void end() throws Exception {
        if (run != null) {
            run.close();
        }
    }

    @Test
    void aLostTaskManagerAndAnUpgradeUnderLoadLeaveTheOutputOfAnUndisturbedRun() {
        assertThat(run.unreadAtTheLoss).isPositive();
        assertThat(run.failure).isNotNull();
        assertThat(run.found.detected()).isEqualTo(run.expected.detected());
        assertThat(run.found.customers()).isEqualTo(run.expected.customers());
    }

    @Test
    void theNewPatternFindsWhatBeganBeforeTheUpgrade() {
        assertThat(run.upgraded.out())
                .contains("tributary-journey: pattern order-regretted: none -> version 1");
        assertThat(run.found.detectedBy(ClusterRun.NEW_PATTERN)).isEqualTo(ClusterTraffic.REGRETS);
    }

    @Test
    void noRevisionOfADocumentIsCommittedTwice() {
        for (String output : List.of("pain-points", "interventions", "metrics", "customers")) {
            Set<String> seen = new HashSet<>();
            assertThat(run.topics().committed(output))
                    .isNotEmpty()
                    .allMatch(record -> seen.add(identity(record)));
        }
    }

    @Test
    void bothJobsAreSubmittedAndUpgradedWithTheirParallelism() {
        assertThat(run.submitted.err()).isEmpty();
        assertThat(run.submitted.status()).isZero();
        assertThat(run.upgraded.err()).isEmpty();
        assertThat(run.upgraded.status()).isZero();
        assertThat(run.upgraded.out())
                .contains("tributary-journey: stopped, its state is in file:")
                .contains("tributary-index: stopped, its state is in file:");
        assertThat(run.runningJobs()).containsExactly("tributary-index", "tributary-journey");
        assertThat(run.journeyJob()).isNotEqualTo(run.jobBeforeTheUpgrade);
        assertThat(run.parallelism(run.journeyJob())).isEqualTo(2);
    }

    @Test
    void aNativeSavepointServesAsWell() {
        assertThat(run.upgradedNatively.err()).isEmpty();
        assertThat(run.upgradedNatively.status()).isZero();
        assertThat(run.upgradedNatively.out())
                .contains("tributary-journey: stopped, its state is in file:")
                .doesNotContain("tributary-index", "pattern ");
    }

    @Test
    void aSecondSubmissionIsRefused() {
        assertThat(run.submittedAgain.status()).isEqualTo(1);
        assertThat(run.submittedAgain.err())
                .matches(
                        "tributary submit: tributary-journey is there already \\(job [0-9a-f]{32},"
                            + " RUNNING\\): ./tributary upgrade replaces it and keeps its state\n");
    }

    @Test
    void anUpgradeThatWouldLoseStateNamesItAndStopsNothing() {
        assertThat(run.upgradedToFewerSources.status()).isEqualTo(1);
        assertThat(run.upgradedToFewerSources.err())
                .isEqualTo(
                        "tributary upgrade: tributary-journey would lose the state of:"
                                + " ingest-imports; nothing was stopped (--allow-lost-state does"
                                + " it all the same)\n");
        assertThat(run.stateAfterRefusals).isEqualTo("RUNNING");
    }

    @Test
    void definitionsWithProblemsAreToldByFileLineAndColumn() {
        assertThat(run.upgradedToBadDefinitions.status()).isEqualTo(2);
        assertThat(run.upgradedToBadDefinitions.err())
                .startsWith("tributary upgrade: the definitions are not good:\n")
                .containsPattern("order-regretted\\.yaml:8:\\d+: .*return_reqested");
    }

    @Test
    void whatTheJobManagerRefusesIsToldBeforeAnythingStops() {
        assertThat(run.upgradedWithoutSecret.status()).isEqualTo(1);
        assertThat(run.upgradedWithoutSecret.err())
                .startsWith(
                        "tributary upgrade: the JobManager refuses tributary-journey: the"
                                + " identifier secret in file /there/is/none cannot be read");
        assertThat(run.stateAfterRefusals).isEqualTo("RUNNING");
    }

    private static String identity(ConsumerRecord<byte[], byte[]> record) {
        return new String(record.key(), StandardCharsets.UTF_8)
                + " "
                + new String(
                        record.headers().lastHeader("revision").value(), StandardCharsets.UTF_8);
    }
}
