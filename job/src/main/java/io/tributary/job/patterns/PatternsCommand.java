package io.tributary.job.patterns;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.definition.DurationText;
import io.tributary.definition.Problem;
import io.tributary.job.check.CheckCommand;
import io.tributary.job.config.ConfigException;
import io.tributary.job.config.JobOptions;
import io.tributary.job.patterns.DefinitionsClient.Request;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code ./tributary patterns}: changes the definitions of a running job. */
@Command(
        name = "patterns",
        description = "Changes the definitions of a running job, without a restart.",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        exitCodeOnExecutionException = 1,
        exitCodeOnInvalidInput = 2,
        footer = {
            "",
            "Options of the jobs (kafka.*, topics.prefix, config …) follow after --, as in",
            "docs/configuration.md:",
            "  ./tributary patterns list -- --kafka.security.protocol SSL",
            "Exit codes: 0 good, 1 refused or no answer, 2 bad input."
        })
public final class PatternsCommand {

    private static final int GOOD = 0;
    private static final int FAILED = 1;
    private static final int BAD_INPUT = 2;

    @Spec private CommandSpec spec;

    @Mixin private final JobOptions jobOptions;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            scope = ScopeType.INHERIT,
            defaultValue = "30s",
            description = "longest wait for the job's answer (default: ${DEFAULT-VALUE})")
    private String timeout;

    /** The rest is set by picocli. */
    @SuppressWarnings("NullAway.Init")
    private PatternsCommand(JobOptions jobOptions) {
        this.jobOptions = jobOptions;
    }

    public static void main(String[] arguments) {
        System.exit(
                execute(
                        arguments,
                        System.getenv(),
                        new PrintWriter(System.out, true),
                        new PrintWriter(System.err, true)));
    }

    /** Runs a command line; returns its exit code. */
    public static int execute(
            String[] arguments, Map<String, String> environment, PrintWriter out, PrintWriter err) {
        CommandLine command =
                new CommandLine(new PatternsCommand(new JobOptions(arguments, environment)));
        return command.setOut(out).setErr(err).execute(JobOptions.ownArguments(arguments));
    }

    @Command(description = "Checks definitions, deploys them and waits for the job's answer.")
    int apply(
            @Parameters(
                            paramLabel = "FILE",
                            arity = "1..*",
                            description = "pattern files, or folders of them")
                    List<Path> files,
            @Option(
                            names = "--definitions",
                            paramLabel = "DIR",
                            description =
                                    "folder whose event types and journeys they are checked"
                                            + " against (default: the folder around FILE, else"
                                            + " definitions)")
                    @Nullable Path definitions) {
        List<String> check = new ArrayList<>(files.stream().map(Path::toString).toList());
        if (definitions != null) {
            check.addAll(List.of("--definitions", definitions.toString()));
        }
        PrintWriter out = spec.commandLine().getOut();
        int checked =
                new CommandLine(new CheckCommand())
                        .setOut(out)
                        .setErr(spec.commandLine().getErr())
                        .execute(check.toArray(String[]::new));
        if (checked != GOOD) {
            return checked;
        }
        return connected(
                client -> {
                    List<Request> requests = DefinitionTexts.read(files);
                    List<Problem> rewritten =
                            DefinitionTexts.rewritten(requests, client.deployed());
                    rewritten.forEach(out::println);
                    return rewritten.isEmpty() ? ask(client, requests) : BAD_INPUT;
                });
    }

    @Command(description = "Finds nothing new; what was found stands.")
    int pause(@Parameters(paramLabel = "ID", description = "of a definition") String id) {
        return mode(id, "paused");
    }

    @Command(description = "Goes on finding, but every intervention is suppressed.")
    int shadow(@Parameters(paramLabel = "ID", description = "of a definition") String id) {
        return mode(id, "shadow");
    }

    @Command(description = "Finds and intervenes again.")
    int live(@Parameters(paramLabel = "ID", description = "of a definition") String id) {
        return mode(id, "live");
    }

    private int mode(String id, String mode) {
        return connected(
                client -> ask(client, List.of(new Request(id, "mode: " + mode + "\n", id))));
    }

    @Command(description = "Takes all versions out of force; what was found stands.")
    int remove(@Parameters(paramLabel = "ID", description = "of a definition") String id) {
        return connected(
                client -> {
                    List<String> versions =
                            client.deployed().keySet().stream()
                                    .filter(key -> key.startsWith(id + "@"))
                                    .toList();
                    int answered = ask(client, List.of(new Request(id, null, id)));
                    if (answered == GOOD) {
                        versions.forEach(key -> client.send(new Request(key, null, key)));
                    }
                    return answered;
                });
    }

    @Command(description = "Shows the definitions in force.")
    int list() {
        return connected(
                client -> {
                    StatusTable.definitions(
                            client.statuses().values(), spec.commandLine().getOut());
                    return GOOD;
                });
    }

    @Command(
            description =
                    "Shows the last answers, and how far quiet customers have caught up with the"
                            + " last change.")
    int status(
            @Option(names = "--follow", description = "and then everything new, until interrupted")
                    boolean follow) {
        return connected(
                client -> {
                    PrintWriter out = spec.commandLine().getOut();
                    for (JsonNode document : client.statuses().values()) {
                        if (!document.path("type").asText().equals("definition")) {
                            out.println(StatusTable.line(document));
                        }
                    }
                    if (follow) {
                        client.follow(
                                Duration.ofDays(10_000),
                                document -> {
                                    out.println(StatusTable.line(document));
                                    return true;
                                });
                    }
                    return GOOD;
                });
    }

    private int ask(DefinitionsClient client, List<Request> requests) {
        PrintWriter out = spec.commandLine().getOut();
        Map<String, JsonNode> answers = client.ask(requests, patience());
        int exit = GOOD;
        for (Request request : requests) {
            JsonNode answer = answers.get(request.key());
            if (answer == null) {
                out.println(
                        request.key()
                                + ": sent, but no answer within "
                                + timeout
                                + "; is the journey job running? It will take it when it does.");
                exit = FAILED;
            } else {
                out.println(StatusTable.line(answer));
                exit = answer.path("status").asText().equals("refused") ? FAILED : exit;
            }
        }
        return exit;
    }

    private Duration patience() {
        return DurationText.parse(timeout)
                .orElseThrow(() -> new ConfigException("--timeout: not a duration: " + timeout));
    }

    private int connected(ToIntFunction<DefinitionsClient> work) {
        PrintWriter err = spec.commandLine().getErr();
        try {
            patience();
            try (DefinitionsClient client = new DefinitionsClient(jobOptions.config())) {
                return work.applyAsInt(client);
            }
        } catch (ConfigException e) {
            err.println("tributary patterns: " + e.getMessage());
            return BAD_INPUT;
        } catch (DeployException | KafkaException e) {
            Throwable cause = e.getCause();
            err.println(
                    "tributary patterns: "
                            + e.getMessage()
                            + (cause == null ? "" : ": " + cause.getMessage()));
            return FAILED;
        }
    }
}
