package io.tributary.local.cluster;

import io.tributary.definition.DurationText;
import io.tributary.job.config.ConfigException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What submitting and upgrading have in common. */
abstract class ClusterCommand implements Callable<Integer> {

    private static final int GOOD = 0;
    private static final int FAILED = 1;
    private static final int BAD_INPUT = 2;

    @Spec private CommandSpec spec;

    @Option(
            names = "--flink",
            paramLabel = "URL",
            required = true,
            description = "REST address of the cluster, such as http://127.0.0.1:8081")
    private String flink;

    @Option(
            names = "--definitions",
            paramLabel = "DIR",
            defaultValue = "definitions",
            description = "definitions folder, which travels with the job (${DEFAULT-VALUE})")
    private Path definitions;

    @Option(
            names = "--only",
            paramLabel = "JOB",
            description = "journey or index: this job alone (default: both)")
    private @Nullable String only;

    @Option(
            names = "--parallelism",
            paramLabel = "N",
            description = "of the journey job (submit: the cluster's default; upgrade: as it was)")
    private @Nullable Integer parallelism;

    @Option(
            names = "--index-parallelism",
            paramLabel = "N",
            description = "of the index job, likewise")
    private @Nullable Integer indexParallelism;

    @Option(
            names = "--allow-lost-state",
            description = "drop state of operators that are gone; without it that is refused")
    protected boolean allowLostState;

    @Option(
            names = "--wait",
            paramLabel = "DURATION",
            defaultValue = "5m",
            description = "longest wait for a savepoint, and for a job to run (${DEFAULT-VALUE})")
    private String patience;

    @Parameters(
            paramLabel = "JOB OPTION",
            arity = "0..*",
            description = "after --: options of the jobs, --key value, as in docs/configuration.md")
    private List<String> jobOptions = new ArrayList<>();

    /** Set by picocli. */
    @SuppressWarnings("NullAway.Init")
    ClusterCommand() {}

    /** Does it. */
    abstract void run(FlinkRest rest, Progress progress, List<Submission> submissions);

    @Override
    public Integer call() {
        try {
            FlinkRest rest = new FlinkRest(address());
            Progress progress = new Progress(rest, patience());
            List<Submission> submissions = new ArrayList<>();
            for (TributaryJob job : jobs()) {
                submissions.add(
                        Submission.of(
                                job, definitions, jobOptions, parallelism(job), allowLostState));
            }
            run(rest, progress, submissions);
            return GOOD;
        } catch (ConfigException e) {
            return failed(e, BAD_INPUT);
        } catch (ClusterException e) {
            return failed(e, FAILED);
        }
    }

    private int failed(RuntimeException e, int status) {
        spec.commandLine().getErr().println("tributary " + spec.name() + ": " + e.getMessage());
        spec.commandLine().getErr().flush();
        return status;
    }

    void say(String line) {
        spec.commandLine().getOut().println(line);
        spec.commandLine().getOut().flush();
    }

    /** The command that goes on from here, for the user to copy. */
    String submitFrom(TributaryJob job, String savepoint) {
        return "./tributary submit --flink "
                + flink
                + " --only "
                + word(job)
                + " --from-savepoint "
                + savepoint
                + " --definitions DIR [-- JOB OPTIONS]";
    }

    static String word(TributaryJob job) {
        return job.name().toLowerCase(java.util.Locale.ROOT);
    }

    /** Of these two, the jobs that the command is for. */
    List<TributaryJob> jobs() {
        List<TributaryJob> all = List.of(TributaryJob.values());
        List<TributaryJob> named =
                all.stream().filter(job -> only == null || word(job).equals(only)).toList();
        if (named.isEmpty()) {
            throw new ConfigException("--only: '" + only + "' is neither journey nor index");
        }
        return named;
    }

    private @Nullable Integer parallelism(TributaryJob job) {
        return job == TributaryJob.JOURNEY ? parallelism : indexParallelism;
    }

    private URI address() {
        try {
            URI url = new URI(flink);
            if (url.getHost() != null && Arrays.asList("http", "https").contains(url.getScheme())) {
                return url;
            }
        } catch (URISyntaxException e) {
            // told below
        }
        throw new ConfigException(
                "--flink: '" + flink + "' is no address such as http://127.0.0.1:8081");
    }

    private Duration patience() {
        return DurationText.parse(patience)
                .orElseThrow(() -> new ConfigException("--wait: not a duration: " + patience));
    }
}
