package io.tributary.job.check;

import io.tributary.definition.Definitions;
import io.tributary.definition.DurationText;
import io.tributary.definition.Problem;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./tributary check}: every problem of definitions with its file, line and column. */
@Command(
        name = "check",
        description = "Checks definitions; prints file:line:column: message for every problem.",
        mixinStandardHelpOptions = true,
        exitCodeOnExecutionException = 1,
        exitCodeOnInvalidInput = 2)
public final class CheckCommand implements Callable<Integer> {

    private static final int GOOD = 0;
    private static final int BAD_INPUT = 2;

    @Spec private CommandSpec spec;

    @Parameters(
            paramLabel = "PATH",
            arity = "0..*",
            description =
                    "a pattern file, a folder of them, or a definitions folder (default:"
                            + " definitions)")
    private List<Path> paths = new ArrayList<>();

    @Option(
            names = "--definitions",
            paramLabel = "DIR",
            description =
                    "definitions folder whose event types and journeys patterns are checked against"
                            + " (default: the folder around PATH, else definitions)")
    private @Nullable Path definitions;

    @Option(
            names = "--horizon",
            paramLabel = "DURATION",
            description =
                    "longest window that a definition may ask for (default: ${DEFAULT-VALUE})",
            defaultValue = "30d")
    private String horizon;

    /** Set by picocli. */
    @SuppressWarnings("NullAway.Init")
    public CheckCommand() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new CheckCommand()).execute(arguments));
    }

    @Override
    public Integer call() {
        Duration longest =
                DurationText.parse(horizon)
                        .orElseThrow(() -> wrong("--horizon: not a duration: " + horizon));
        DefinitionCheck check = new DefinitionCheck(longest);
        TreeSet<Problem> problems = new TreeSet<>();
        TreeSet<Problem> warnings = new TreeSet<>();
        int checked = 0;
        for (Path path : paths.isEmpty() ? List.of(Path.of("definitions")) : paths) {
            if (!Files.exists(path)) {
                throw wrong("there is no " + path);
            }
            boolean whole = isDefinitionsFolder(path);
            Definitions read = whole ? Definitions.read(path) : around(path).withPatterns(path);
            DefinitionCheck.Findings findings = whole ? check.all(read) : check.patterns(read);
            problems.addAll(findings.problems());
            warnings.addAll(findings.warnings());
            checked += whole ? read.files().size() : read.folder(Definitions.PATTERNS).size();
        }
        return report(problems, warnings, checked);
    }

    private int report(TreeSet<Problem> problems, TreeSet<Problem> warnings, int checked) {
        PrintWriter out = spec.commandLine().getOut();
        TreeSet<Problem> lines = new TreeSet<>(problems);
        warnings.forEach(
                w ->
                        lines.add(
                                new Problem(
                                        w.file(),
                                        w.line(),
                                        w.column(),
                                        "warning: " + w.message())));
        lines.forEach(out::println);
        if (problems.isEmpty()) {
            out.println(
                    checked + (checked == 1 ? " definition" : " definitions") + ", no problems");
        }
        out.flush();
        return problems.isEmpty() ? GOOD : BAD_INPUT;
    }

    private static boolean isDefinitionsFolder(Path path) {
        return Files.isDirectory(path)
                && (Files.exists(path.resolve(Definitions.EVENTS))
                        || Files.isDirectory(path.resolve(Definitions.PATTERNS)));
    }

    /** What the patterns at {@code path} are checked against. */
    private Definitions around(Path path) {
        if (definitions != null) {
            if (!Files.isDirectory(definitions)) {
                throw wrong("--definitions: there is no folder " + definitions);
            }
            return Definitions.read(definitions);
        }
        for (Path above = path.toAbsolutePath().normalize().getParent();
                above != null;
                above = above.getParent()) {
            if (Files.exists(above.resolve(Definitions.EVENTS))) {
                return Definitions.read(above);
            }
        }
        Path usual = Path.of("definitions");
        return Files.isDirectory(usual) ? Definitions.read(usual) : Definitions.of(new TreeMap<>());
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
