package io.tributary.local.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code deploy/docker/submit-jobs}, with a Flink client that writes down what it is asked. */
class SubmitJobsTest {

    private static final String NOTHING_RUNS = "No running jobs.";

    @TempDir private Path folder;

    private Path state;
    private Path asked;

    @BeforeEach
    void folders() throws IOException {
        state = Files.createDirectory(folder.resolve("state"));
        asked = folder.resolve("asked");
    }

    @Test
    void bothJobsAreSubmittedWithCheckpointsOfTheirOwn() throws Exception {
        assertThat(submit(NOTHING_RUNS, 0)).isEqualTo("journey: starts anew\nindex: starts anew\n");
        assertThat(Files.readAllLines(asked))
                .containsExactly(
                        "list --target remote -Drest.address=jobmanager -Drest.port=8081",
                        run("journey", "", "JourneyJob"),
                        run("index", "", "IndexJob"));
    }

    @Test
    void aJobThatRunsIsLeftAlone() throws Exception {
        String running = "01.03.2026 00:00:00 : 5f0c : tributary-journey (RESTARTING)";
        assertThat(submit(running, 0)).isEqualTo("journey: is there already\nindex: starts anew\n");
        assertThat(Files.readAllLines(asked))
                .hasSize(2)
                .last()
                .isEqualTo(run("index", "", "IndexJob"));
    }

    @Test
    void aJobGoesOnFromItsNewestCompleteSnapshot() throws Exception {
        snapshot("checkpoints/journey/aa/chk-7", 1, true);
        Path newest = snapshot("savepoints/journey/savepoint-5f0c-1", 2, true);
        snapshot("checkpoints/journey/bb/chk-9", 3, false);
        Path index = snapshot("checkpoints/index/cc/chk-2", 4, true);
        submit(NOTHING_RUNS, 0);
        assertThat(Files.readAllLines(asked))
                .containsSequence(
                        run("journey", "--fromSavepoint file://" + newest + " ", "JourneyJob"),
                        run("index", "--fromSavepoint file://" + index + " ", "IndexJob"));
    }

    @Test
    void withoutAnAnswerOfTheClusterNothingIsSubmitted() throws Exception {
        submit("", 1);
        assertThat(Files.readAllLines(asked)).hasSize(1);
    }

    private String run(String name, String from, String main) {
        return "run --target remote -Drest.address=jobmanager -Drest.port=8081 --detached"
                + " --parallelism 2"
                + (" -Dexecution.checkpointing.dir=file://" + state + "/checkpoints/" + name)
                + (" -Dexecution.checkpointing.savepoint-dir=file://" + state + "/savepoints/")
                + name
                + " -Dexecution.checkpointing.externalized-checkpoint-retention="
                + "RETAIN_ON_CANCELLATION "
                + from
                + ("--class io.tributary.job." + main + " /job.jar");
    }

    private Path snapshot(String path, long age, boolean complete) throws IOException {
        Path snapshot = Files.createDirectories(state.resolve(path));
        if (complete) {
            Path metadata = Files.createFile(snapshot.resolve("_metadata"));
            Files.setLastModifiedTime(
                    metadata,
                    FileTime.from(Instant.parse("2026-03-01T00:00:00Z").plusSeconds(age)));
        }
        return snapshot;
    }

    /**
     * @param listed what the client says runs
     * @param status of the client, and expected of the script
     * @return standard output of the script
     */
    private String submit(String listed, int status) throws IOException, InterruptedException {
        Path flink = folder.resolve("flink");
        Files.writeString(
                flink,
                """
                #!/usr/bin/env bash
                echo "$*" >>'%s'
                [[ $1 != list ]] || { echo '%s'; exit %d; }
                """
                        .formatted(asked, listed, status));
        Files.setPosixFilePermissions(flink, PosixFilePermissions.fromString("rwx------"));
        Path script = Deploy.ROOT.resolve("deploy/docker/submit-jobs");
        ProcessBuilder command =
                new ProcessBuilder(List.of("bash", script.toString(), "jobmanager", "8081"));
        command.environment().put("FLINK", flink.toString());
        command.environment().put("STATE", state.toString());
        command.environment().put("JAR", "/job.jar");
        command.environment().remove("PARALLELISM");
        Process process = command.redirectError(ProcessBuilder.Redirect.DISCARD).start();
        String said = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).isEqualTo(status);
        return said;
    }
}
