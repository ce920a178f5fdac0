package io.tributary.local.cluster;

import io.tributary.job.config.JobDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./tributary upgrade}: other definitions, another jar, another parallelism, same state. */
@Command(
        name = "upgrade",
        description = {
            "Stops the jobs with a savepoint and starts them from it with this jar, these"
                    + " definitions and these options.",
            "Definitions, options and operators are checked before anything is stopped."
        },
        mixinStandardHelpOptions = true,
        exitCodeOnExecutionException = 1,
        exitCodeOnInvalidInput = 2)
public final class UpgradeCommand extends ClusterCommand {

    /** How a savepoint is written. */
    enum Format {
        /** Readable with another state backend, too. */
        CANONICAL,
        /** As the state backend has it: quicker where state is large. */
        NATIVE
    }

    @Option(
            names = "--savepoints",
            paramLabel = "DIR",
            description = "where savepoints go, as the cluster sees it (default: the cluster's)")
    private @Nullable String folder;

    @Option(
            names = "--format",
            defaultValue = "canonical",
            description =
                    "canonical (any state backend reads it) or native (quicker where state is"
                            + " large); default ${DEFAULT-VALUE}")
    private Format format;

    /** A running job and what replaces it. */
    private record Replacement(FlinkRest.Job old, int parallelism, Submission submission) {}

    /** Set by picocli. */
    @SuppressWarnings("NullAway.Init")
    public UpgradeCommand() {}

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new UpgradeCommand()).setCaseInsensitiveEnumValuesAllowed(true);
    }

    @Override
    void run(FlinkRest rest, Progress progress, List<Submission> submissions) {
        List<Replacement> replacements = new ArrayList<>();
        for (Submission submission : submissions) {
            FlinkRest.Job old = running(submission.job(), rest);
            refuseLostState(submission, JobDescription.of(rest.parameters(old.id())));
            Integer given = submission.start().parallelism();
            int parallelism = given == null ? rest.parallelism(old.id()) : given;
            replacements.add(new Replacement(old, parallelism, submission));
        }
        try (UploadedJar jar = UploadedJar.upload(rest)) {
            say("uploaded " + UploadedJar.jar().getFileName() + " to " + rest.url());
            submissions.forEach(jar::rehearse);
            replacements.forEach(replacement -> replace(replacement, jar, rest, progress));
        }
    }

    private static FlinkRest.Job running(TributaryJob job, FlinkRest rest) {
        return rest.jobs().stream()
                .filter(there -> there.name().equals(job.flinkName()))
                .filter(there -> there.state().equals("RUNNING"))
                .findFirst()
                .orElseThrow(
                        () ->
                                new ClusterException(
                                        "no job "
                                                + job.flinkName()
                                                + " is running at "
                                                + rest.url()
                                                + "; ./tributary submit starts it"));
    }

    private void refuseLostState(Submission submission, JobDescription old) {
        String name = submission.job().flinkName();
        TreeSet<String> lost = new TreeSet<>(old.operators());
        lost.removeAll(submission.description().operators());
        String problem = null;
        if (old.operators().isEmpty()) {
            problem = name + " does not tell its operators, so nobody knows what would be lost";
        } else if (!lost.isEmpty()) {
            problem = name + " would lose the state of: " + String.join(", ", lost);
        }
        if (problem != null && !allowLostState) {
            throw new ClusterException(
                    problem + "; nothing was stopped (--allow-lost-state does it all the same)");
        }
        if (problem != null) {
            say("warning: " + problem);
        }
        changes(old, submission.description()).forEach(change -> say(name + ": " + change));
    }

    private static List<String> changes(JobDescription old, JobDescription now) {
        TreeSet<String> ids = new TreeSet<>(old.patterns().keySet());
        ids.addAll(now.patterns().keySet());
        return ids.stream()
                .filter(
                        id ->
                                !String.valueOf(old.patterns().get(id))
                                        .equals(String.valueOf(now.patterns().get(id))))
                .map(id -> "pattern " + id + ": " + version(old, id) + " -> " + version(now, id))
                .collect(Collectors.toList());
    }

    private static String version(JobDescription description, String id) {
        Integer version = description.patterns().get(id);
        return version == null ? "none" : "version " + version;
    }

    private void replace(
            Replacement replacement, UploadedJar jar, FlinkRest rest, Progress progress) {
        TributaryJob job = replacement.submission().job();
        String old = replacement.old().id();
        say(job.flinkName() + ": stopping job " + old + " with a savepoint");
        String savepoint = stop(replacement.old(), rest, progress);
        say(job.flinkName() + ": stopped, its state is in " + savepoint);
        try {
            Start start = replacement.submission().start();
            String started = jar.run(start.from(savepoint, replacement.parallelism()));
            progress.awaitRunning(started);
            say(job.flinkName() + " runs: " + rest.url() + "/#/job/running/" + started);
        } catch (ClusterException e) {
            throw new ClusterException(
                    job.flinkName()
                            + " was stopped and does not run again: "
                            + e.getMessage()
                            + "\nNothing is lost: its state is in "
                            + savepoint
                            + "\nCancel what is left of it, then go on from there, with the"
                            + " former definitions and jar if need be:\n  "
                            + submitFrom(job, savepoint),
                    e);
        }
    }

    private String stop(FlinkRest.Job old, FlinkRest rest, Progress progress) {
        try {
            String request = rest.stop(old.id(), folder, format.name().toUpperCase(Locale.ROOT));
            return progress.awaitSavepoint(old.id(), request);
        } catch (ClusterException e) {
            throw new ClusterException(
                    old.name()
                            + " was not upgraded: "
                            + e.getMessage()
                            + "\nJob "
                            + old.id()
                            + " goes on as it was, unless "
                            + rest.url()
                            + "/#/job/"
                            + old.id()
                            + " says otherwise",
                    e);
        }
    }
}
