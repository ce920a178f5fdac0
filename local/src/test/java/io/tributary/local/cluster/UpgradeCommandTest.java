package io.tributary.local.cluster;

import static io.tributary.local.cluster.FakeFlink.NEW;
import static io.tributary.local.cluster.FakeFlink.OLD;
import static io.tributary.local.cluster.FakeFlink.SAVEPOINT;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.event.CanonicalJson;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an upgrade asks of a cluster, and what it says when the cluster does not do it. */
class UpgradeCommandTest {

    private static final String STOP = "POST /jobs/" + OLD + "/stop";
    private static final String RUN = "POST /jars/jar/run";
    private static final String TRACE =
            """
            java.util.concurrent.CompletionException: outer
            \tat org.apache.flink.Some.method(Some.java:1)
            Caused by: java.io.IOException: No space left on device
            \tat org.apache.flink.Other.method(Other.java:2)
            """;

    private final FakeFlink flink;

    UpgradeCommandTest() throws Exception {
        flink = new FakeFlink();
    }

    @AfterEach
    void close() {
        flink.close();
    }

    @ParameterizedTest
    @CsvSource({"native, NATIVE", "Canonical, CANONICAL", ", CANONICAL"})
    void theJobIsStoppedWithASavepointAndGoesOnFromIt(String asked, String format) {
        Outcome outcome =
                asked == null
                        ? upgrade("--savepoints=s3://a/b")
                        : upgrade("--savepoints=s3://a/b", "--format=" + asked);

        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.status()).isZero();
        assertThat(outcome.out().lines().skip(1))
                .containsExactly(
                        "tributary-index: stopping job " + OLD + " with a savepoint",
                        "tributary-index: stopped, its state is in " + SAVEPOINT,
                        "tributary-index runs: " + flink.url() + "/#/job/running/" + NEW);
        assertThat(flink.bodies(STOP))
                .containsExactly(
                        CanonicalJson.object()
                                .put("drain", false)
                                .put("formatType", format)
                                .put("targetDirectory", "s3://a/b"));
        assertThat(flink.bodies(RUN))
                .singleElement()
                .satisfies(
                        run -> {
                            assertThat(run.path("savepointPath").asText()).isEqualTo(SAVEPOINT);
                            assertThat(run.path("parallelism").asInt()).isEqualTo(3);
                            assertThat(run.path("allowNonRestoredState").asBoolean()).isFalse();
                        });
        assertThat(flink.lines()).last().isEqualTo("DELETE /jars/jar");
    }

    @Test
    void aFormatThatIsNoneIsBadInputAndAsksNothing() {
        Outcome outcome = upgrade("--format=quick");

        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.err()).contains("--format").contains("quick");
        assertThat(flink.lines()).isEmpty();
    }

    @Test
    void aJarThatIsNotTakenStopsNothing() {
        flink.refuse("POST /jars/upload", 413, "HTTP content length exceeded 104857600 bytes.");

        assertThat(upgrade())
                .isEqualTo(
                        failed(
                                "the jar was not taken: HTTP content length exceeded 104857600"
                                        + " bytes."));
        assertThat(flink.lines()).doesNotContain(STOP, RUN, "DELETE /jars/jar");
    }

    @Test
    void aJarWhoseMainMethodFailsThereStopsNothing() {
        flink.refuse("POST /jars/jar/plan", 400, TRACE);

        Outcome outcome = upgrade();

        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.err())
                .isEqualTo(
                        "tributary upgrade: the JobManager refuses tributary-index: IOException: No"
                                + " space left on device\n");
        assertThat(flink.lines()).doesNotContain(STOP, RUN).last().isEqualTo("DELETE /jars/jar");
    }

    @Test
    void aSavepointThatFailsLeavesTheOldJobAsItWas() {
        flink.failSavepoint(TRACE);

        Outcome outcome = upgrade();

        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.err())
                .isEqualTo(
                        "tributary upgrade: tributary-index was not upgraded: the savepoint failed:"
                                + " IOException: No space left on device\nJob "
                                + OLD
                                + " goes on as it was, unless "
                                + flink.url()
                                + "/#/job/"
                                + OLD
                                + " says otherwise\n");
        assertThat(flink.lines()).doesNotContain(RUN).last().isEqualTo("DELETE /jars/jar");
    }

    @Test
    void aSavepointThatIsRefusedLeavesTheOldJobAsItWas() {
        flink.refuse(STOP, 409, "Checkpoint triggering task is not running.");

        Outcome outcome = upgrade();

        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.err())
                .startsWith(
                        "tributary upgrade: tributary-index was not upgraded: Checkpoint triggering"
                                + " task is not running.\nJob "
                                + OLD
                                + " goes on as it was");
        assertThat(flink.lines()).doesNotContain(RUN);
    }

    @Test
    void aSavepointThatIsNeverCompleteIsWaitedForOnlySoLong() {
        flink.answer("GET /jobs/" + OLD + "/savepoints/request", CanonicalJson.object());

        Outcome outcome = upgrade("--wait=1s");

        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.err()).contains("the savepoint is not complete after 1 s");
        assertThat(flink.lines()).doesNotContain(RUN);
    }

    @Test
    void aNewJobThatFailsIsToldWithTheSavepointAndTheCommandThatGoesOn() {
        flink.failNewJob(TRACE);

        assertThat(upgrade().err())
                .isEqualTo(
                        stopped("job " + NEW + " is FAILED: IOException: No space left on device"));
    }

    @Test
    void aNewJobThatCannotBeStartedIsToldWithTheSavepointAndTheCommandThatGoesOn() {
        flink.refuse(RUN, 500, TRACE);

        Outcome outcome = upgrade();

        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.err()).isEqualTo(stopped("IOException: No space left on device"));
    }

    @Test
    void aNewJobWithoutSlotsIsToldWithTheSavepointAndTheCommandThatGoesOn() {
        flink.answer("GET /jobs/" + NEW, FakeFlink.object("state", "CREATED"));
        flink.answer("GET /overview", CanonicalJson.object().put("slots-available", 0));

        assertThat(upgrade("--wait=1s").err())
                .isEqualTo(
                        stopped(
                                "job "
                                        + NEW
                                        + " does not run after 1 s; the cluster has 0 free slots"));
    }

    private String stopped(String why) {
        return "tributary upgrade: tributary-index was stopped and does not run again: "
                + why
                + "\nNothing is lost: its state is in "
                + SAVEPOINT
                + "\nCancel what is left of it, then go on from there, with the former definitions"
                + " and jar if need be:\n  ./tributary submit --flink "
                + flink.url()
                + " --only index --from-savepoint "
                + SAVEPOINT
                + " --definitions DIR [-- JOB OPTIONS]\n";
    }

    private static Outcome failed(String message) {
        return new Outcome(1, "", "tributary upgrade: " + message + "\n");
    }

    private Outcome upgrade(String... more) {
        List<String> arguments = new ArrayList<>(List.of("--flink", flink.url(), "--only=index"));
        arguments.addAll(List.of(more));
        return Outcome.of(UpgradeCommand.commandLine(), arguments);
    }
}
