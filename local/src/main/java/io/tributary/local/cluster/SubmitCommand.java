package io.tributary.local.cluster;

import io.tributary.job.config.ConfigException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./tributary submit}: starts the jobs on a cluster. */
@Command(
        name = "submit",
        description = "Uploads the jobs' jar to a running Flink cluster and starts the jobs.",
        mixinStandardHelpOptions = true,
        exitCodeOnExecutionException = 1,
        exitCodeOnInvalidInput = 2)
public final class SubmitCommand extends ClusterCommand {

    private static final Set<String> ENDED = Set.of("FAILED", "CANCELED", "FINISHED");

    @Option(
            names = "--from-savepoint",
            paramLabel = "PATH",
            description = "savepoint or retained checkpoint to begin from; needs --only")
    private @Nullable String savepoint;

    /** Set by picocli. */
    public SubmitCommand() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new SubmitCommand()).execute(arguments));
    }

    @Override
    void run(FlinkRest rest, Progress progress, List<Submission> submissions) {
        if (savepoint != null && submissions.size() > 1) {
            throw new ConfigException("--from-savepoint needs --only: it is one job's");
        }
        List<FlinkRest.Job> there = rest.jobs();
        for (Submission submission : submissions) {
            refuseSecond(submission.job(), there);
        }
        try (UploadedJar jar = UploadedJar.upload(rest)) {
            say("uploaded " + UploadedJar.jar().getFileName() + " to " + rest.url());
            submissions.forEach(jar::rehearse);
            for (Submission submission : submissions) {
                Start start = submission.start();
                String job =
                        jar.run(
                                savepoint == null
                                        ? start
                                        : start.from(savepoint, start.parallelism()));
                progress.awaitRunning(job);
                say(
                        submission.job().flinkName()
                                + " runs: "
                                + rest.url()
                                + "/#/job/running/"
                                + job);
            }
        }
    }

    private static void refuseSecond(TributaryJob job, List<FlinkRest.Job> there) {
        for (FlinkRest.Job other : there) {
            if (other.name().equals(job.flinkName()) && !ENDED.contains(other.state())) {
                throw new ClusterException(
                        job.flinkName()
                                + " is there already (job "
                                + other.id()
                                + ", "
                                + other.state()
                                + "): ./tributary upgrade replaces it and keeps its state");
            }
        }
    }
}
