package io.tributary.job.backtest;

import io.tributary.definition.DefinitionException;
import io.tributary.definition.Definitions;
import io.tributary.event.EventTime;
import io.tributary.ingest.IdentifierSecret;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./tributary backtest}: what the definitions would have found in history. */
@Command(
        name = "backtest",
        description = "Runs the pipeline on files and writes what it finds, sorted and repeatable.",
        mixinStandardHelpOptions = true,
        exitCodeOnExecutionException = 1,
        exitCodeOnInvalidInput = 2)
public final class BacktestCommand implements Callable<Integer> {

    private static final int GOOD = 0;
    private static final int BAD_INPUT = 2;
    private static final String SECRET_FILE = "TRIBUTARY_SECRET_FILE";

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
            names = "--events",
            paramLabel = "FILE",
            arity = "1..*",
            required = true,
            description = "files of one event a line, plain or .gz")
    private List<Path> events;

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

    /** Set by picocli. */
    @SuppressWarnings("NullAway.Init")
    public BacktestCommand() {}

    public static void main(String[] args) {
        System.exit(new CommandLine(new BacktestCommand()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        PrintWriter terminal = spec.commandLine().getOut();
        try {
            Definitions all = readDefinitions();
            BacktestReport report =
                    new Backtest(all, secret(), readableFiles(), end(), parallelism(), out).run();
            terminal.print(report.table());
            terminal.println("written to " + out);
            terminal.flush();
            return GOOD;
        } catch (DefinitionException e) {
            e.problems().forEach(terminal::println);
            terminal.flush();
            return BAD_INPUT;
        }
    }

    private IdentifierSecret secret() {
        String file = System.getenv(SECRET_FILE);
        if (file == null) {
            spec.commandLine()
                    .getErr()
                    .println(
                            "warning: "
                                    + SECRET_FILE
                                    + " is not set; identifiers are hashed with the published test"
                                    + " key");
            return IdentifierSecret.publishedTestKey();
        }
        try {
            return IdentifierSecret.fromFile(Path.of(file));
        } catch (IllegalArgumentException e) {
            throw bad(SECRET_FILE + ": " + e.getMessage());
        }
    }

    private Definitions readDefinitions() {
        if (!Files.isDirectory(definitions)) {
            throw bad("--definitions: no folder " + definitions);
        }
        try {
            Definitions all = Definitions.read(definitions);
            if (patterns == null) {
                return all;
            }
            if (!Files.exists(patterns)) {
                throw bad("--patterns: no file or folder " + patterns);
            }
            return all.withPatterns(patterns);
        } catch (UncheckedIOException e) {
            throw bad("cannot read " + e.getMessage());
        }
    }

    /** The same file named twice is read once. */
    private List<Path> readableFiles() {
        for (Path file : events) {
            if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
                throw bad("--events: no readable file " + file);
            }
        }
        return List.copyOf(new LinkedHashSet<>(events));
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

    private ParameterException bad(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
