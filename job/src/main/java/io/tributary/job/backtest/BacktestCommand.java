package io.tributary.job.backtest;

import io.tributary.definition.DefinitionException;
import io.tributary.definition.Definitions;
import io.tributary.event.EventTime;
import io.tributary.ingest.IdentifierSecret;
import io.tributary.job.config.ConfigException;
import io.tributary.job.config.JobConfig;
import io.tributary.job.config.JobOptions;
import io.tributary.job.config.TributaryOptions;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./tributary backtest}: what the definitions would have found in history. */
@Command(
        name = "backtest",
        description = {
            "Runs the pipeline on files or Kafka topics and writes what it finds, sorted and"
                    + " repeatable."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        exitCodeOnExecutionException = 1,
        exitCodeOnInvalidInput = 2,
        footer = {
            "",
            "Either --events or --from-topic. Options of the jobs (kafka.*, secret.file,",
            "config …) follow after --, as in docs/configuration.md:",
            "  ./tributary backtest --from-topic events.web --since 7d --out result \\",
            "    --bootstrap-servers broker:9092 -- --kafka.security.protocol SSL",
            "What the results mean: docs/backtest.md.",
            "Exit codes: 0 good, 1 the run failed or no broker answered, 2 bad input."
        })
public final class BacktestCommand implements Callable<Integer> {

    private static final int GOOD = 0;
    private static final int FAILED = 1;
    private static final int BAD_INPUT = 2;

    @Spec private CommandSpec spec;

    @Option(
            names = "--definitions",
            paramLabel = "DIR",
            description = "definitions folder (default: ${DEFAULT-VALUE})",
            defaultValue = "definitions")
    private Path definitions;

    @Option(
            names = "--patterns",
            paramLabel = "PATH",
            description = "a pattern file or folder that replaces the patterns of the definitions")
    private @Nullable Path patterns;

    @Option(
            names = "--compare",
            paramLabel = "OLD NEW",
            arity = "2",
            hideParamSyntax = true,
            description =
                    "two pattern files or folders, each instead of the patterns of the"
                            + " definitions; tells which matches and offers the change adds and"
                            + " removes")
    private @Nullable List<Path> compare;

    @Option(
            names = "--examples",
            paramLabel = "N",
            description =
                    "most examples of each kind for each definition in compare.json (default:"
                            + " ${DEFAULT-VALUE})",
            defaultValue = "5")
    private int examples;

    @Mixin private HistoryOptions history;

    @Mixin private final JobOptions jobOptions;

    @Option(
            names = "--until",
            paramLabel = "T",
            description = "end of the run, such as 2026-03-08T00:00:00Z (default: the last event)")
    private @Nullable String until;

    @Option(
            names = "--parallelism",
            paramLabel = "N",
            description = "tasks per step (default: ${DEFAULT-VALUE}); does not change the result",
            defaultValue = "2")
    private int parallelism;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            required = true,
            description = "folder for the results; created if missing, files in it are replaced")
    private Path out;

    /** With the options of the environment; the rest is set by picocli. */
    public BacktestCommand() {
        this(new JobOptions(new String[0], System.getenv()));
    }

    /** The rest is set by picocli. */
    @SuppressWarnings("NullAway.Init")
    private BacktestCommand(JobOptions jobOptions) {
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
        return new CommandLine(new BacktestCommand(new JobOptions(arguments, environment)))
                .setOut(out)
                .setErr(err)
                .execute(JobOptions.ownArguments(arguments));
    }

    @Override
    public Integer call() throws Exception {
        PrintWriter terminal = spec.commandLine().getOut();
        try {
            JobConfig config = jobOptions.config();
            Long end = end();
            Backtest backtest =
                    new Backtest(
                            history.origin(config, end),
                            secret(config),
                            config,
                            end,
                            parallelism());
            terminal.print(compare == null ? run(backtest) : compare(backtest, compare));
            terminal.println("written to " + out);
            terminal.flush();
            return GOOD;
        } catch (DefinitionException e) {
            e.problems().forEach(terminal::println);
            terminal.flush();
            return BAD_INPUT;
        } catch (ConfigException e) {
            return fail(BAD_INPUT, String.valueOf(e.getMessage()));
        } catch (KafkaException e) {
            Throwable cause = e.getCause();
            return fail(FAILED, e.getMessage() + (cause == null ? "" : ": " + cause.getMessage()));
        }
    }

    private String run(Backtest backtest) throws Exception {
        Definitions all = readDefinitions();
        return backtest.run(patterns == null ? all : with(all, patterns, "--patterns"), out)
                .table();
    }

    private String compare(Backtest backtest, List<Path> versions) throws Exception {
        if (patterns != null) {
            throw bad("--compare names the patterns: --patterns does not go with it");
        }
        if (versions.size() != 2) {
            throw bad("--compare: only two can be compared");
        }
        if (examples < 0) {
            throw bad("--examples: " + examples + " is less than 0");
        }
        Definitions all = readDefinitions();
        return backtest.compare(
                        with(all, versions.get(0), "--compare"),
                        with(all, versions.get(1), "--compare"),
                        examples,
                        out)
                .table();
    }

    private IdentifierSecret secret(JobConfig config) {
        if (config.hasPseudonymSecret()) {
            return config.pseudonymSecret();
        }
        spec.commandLine()
                .getErr()
                .println(
                        "warning: "
                                + JobConfig.variable(TributaryOptions.SECRET_FILE)
                                + " is not set; identifiers are hashed with the published test"
                                + " key");
        return IdentifierSecret.publishedTestKey();
    }

    private Definitions readDefinitions() {
        if (!Files.isDirectory(definitions)) {
            throw bad("--definitions: no folder " + definitions);
        }
        try {
            return Definitions.read(definitions);
        } catch (UncheckedIOException e) {
            throw bad("cannot read " + e.getMessage());
        }
    }

    private Definitions with(Definitions all, Path other, String option) {
        if (!Files.exists(other)) {
            throw bad(option + ": no file or folder " + other);
        }
        try {
            return all.withPatterns(other);
        } catch (UncheckedIOException e) {
            throw bad("cannot read " + e.getMessage());
        }
    }

    private @Nullable Long end() {
        try {
            return until == null ? null : EventTime.parse(until);
        } catch (DateTimeParseException e) {
            throw bad("--until: '" + until + "' is no time such as 2026-03-08T00:00:00Z");
        }
    }

    private int parallelism() {
        if (parallelism < 1 || parallelism > 720) {
            throw bad("--parallelism: " + parallelism + " is not between 1 and 720");
        }
        return parallelism;
    }

    private int fail(int status, String message) {
        spec.commandLine().getErr().println("tributary backtest: " + message);
        return status;
    }

    private ParameterException bad(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
