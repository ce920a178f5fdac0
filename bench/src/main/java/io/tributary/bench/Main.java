package io.tributary.bench;

import io.tributary.bench.Benchmark.Live;
import io.tributary.bench.Benchmark.Scale;
import io.tributary.definition.DefinitionException;
import io.tributary.event.CanonicalJson;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./tributary bench}: measures and prints medians. */
@Command(
        name = "tributary bench",
        mixinStandardHelpOptions = true,
        description = "Measures side by side, in turns, and prints medians.",
        sortOptions = false)
public final class Main implements Callable<Integer> {

    @Parameters(
            arity = "0..1",
            paramLabel = "NAME",
            description = "Which benchmark; all without it. A wrong name lists them.")
    private @Nullable String name;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "Where to write the results as one flat JSON object.")
    private @Nullable Path json;

    private final Path home = Path.of(System.getProperty("tributary.home", "."));

    @Option(
            names = "--definitions",
            paramLabel = "DIR",
            description = "Default: the definitions that come with Tributary")
    private Path definitions = home.resolve("definitions");

    @Option(
            names = "--events",
            defaultValue = "50000",
            description = "For each contender and round. Default: ${DEFAULT-VALUE}")
    private int events;

    @Option(
            names = "--rounds",
            defaultValue = "7",
            description = "That count; as many warm up before. Default: ${DEFAULT-VALUE}")
    private int rounds;

    @Option(
            names = "--customers",
            defaultValue = "1000000",
            description = "With 40 events of history each, for engine. Default: ${DEFAULT-VALUE}")
    private int customers;

    @Option(
            names = "--cross-device",
            paramLabel = "DIR",
            description =
                    "Real sessions, for cross-device. Default: ../shared/data/cross-device beside"
                            + " Tributary")
    private Path crossDevice =
            Path.of(System.getProperty("tributary.home", "."), "../shared/data/cross-device");

    @Option(
            names = "--pipeline-events",
            defaultValue = "3000000",
            description = "That go through the pipeline. Default: ${DEFAULT-VALUE}")
    private int pipelineEvents;

    @Option(
            names = "--latency-seconds",
            defaultValue = "60",
            description = "That count; twice as many warm up before. Default: ${DEFAULT-VALUE}")
    private int latencySeconds;

    @Spec private @Nullable CommandSpec spec;

    public static void main(String[] args) {
        System.exit(new CommandLine(new Main()).execute(args));
    }

    @Override
    public Integer call() throws IOException {
        require(events >= 1, "--events must be at least 1");
        require(rounds >= 1, "--rounds must be at least 1");
        require(customers >= 1, "--customers must be at least 1");
        require(pipelineEvents >= 1, "--pipeline-events must be at least 1");
        require(latencySeconds >= 1, "--latency-seconds must be at least 1");
        require(Files.isDirectory(definitions), "no definitions folder " + definitions);
        PrintWriter out = commandLine().getOut();
        Scale scale =
                new Scale(
                        definitions,
                        events,
                        rounds,
                        customers,
                        crossDevice,
                        new Live(home, pipelineEvents, latencySeconds),
                        progress -> {
                            commandLine().getErr().println(progress);
                            commandLine().getErr().flush();
                        });
        SortedMap<String, Double> results = new TreeMap<>();
        for (Benchmark benchmark : runnable(scale)) {
            out.println(benchmark.name() + ": " + benchmark.description());
            out.flush();
            SortedMap<String, Double> measured;
            try {
                measured = benchmark.run(scale);
            } catch (BenchmarkFailure e) {
                commandLine().getErr().println("tributary bench: " + e.getMessage());
                commandLine().getErr().flush();
                return CommandLine.ExitCode.SOFTWARE;
            } catch (DefinitionException e) {
                throw badInput(String.valueOf(e.getMessage()));
            }
            measured.forEach((key, value) -> out.println(line(key, value)));
            out.flush();
            results.putAll(measured);
        }
        if (json != null) {
            Files.writeString(json, flat(results), StandardCharsets.UTF_8);
        }
        return CommandLine.ExitCode.OK;
    }

    /** Without a name, what has nothing to work on is left out. */
    private List<Benchmark> runnable(Scale scale) {
        List<Benchmark> runnable = new ArrayList<>();
        for (Benchmark benchmark : chosen()) {
            Optional<String> missing = benchmark.missing(scale);
            if (missing.isEmpty()) {
                runnable.add(benchmark);
            } else if (name != null) {
                throw badInput(missing.get());
            } else {
                scale.progress().accept(benchmark.name() + " is left out: " + missing.get());
            }
        }
        return runnable;
    }

    private List<Benchmark> chosen() {
        if (name == null) {
            return Benchmarks.ALL;
        }
        return List.of(
                Benchmarks.named(name)
                        .orElseThrow(
                                () ->
                                        badInput(
                                                "there is no benchmark '"
                                                        + name
                                                        + "'; there is: "
                                                        + Benchmarks.ALL.stream()
                                                                .map(Benchmark::name)
                                                                .collect(
                                                                        Collectors.joining(
                                                                                ", ")))));
    }

    private static String line(String key, double value) {
        return String.format(Locale.ROOT, "  %-44s %14.3f", key, value);
    }

    /** Three decimals: what follows is noise. */
    private static String flat(Map<String, Double> results) {
        var object = CanonicalJson.object();
        results.forEach((key, value) -> object.put(key, Math.round(value * 1_000) / 1_000.0));
        return CanonicalJson.string(object) + "\n";
    }

    private void require(boolean condition, String otherwise) {
        if (!condition) {
            throw badInput(otherwise);
        }
    }

    private ParameterException badInput(String message) {
        return new ParameterException(commandLine(), message);
    }

    private CommandLine commandLine() {
        return spec == null ? new CommandLine(this) : spec.commandLine();
    }
}
