package io.tributary.job.backtest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.customer.CustomerLimits;
import io.tributary.customer.Evaluation;
import io.tributary.customer.Horizon;
import io.tributary.definition.Definitions;
import io.tributary.definition.Problems;
import io.tributary.event.EventCatalog;
import io.tributary.ingest.IdentifierSecret;
import io.tributary.job.JourneyPipeline;
import io.tributary.job.PipelineSettings;
import io.tributary.job.config.JobConfig;
import io.tributary.job.config.OperatorIds;
import io.tributary.job.config.TributaryOptions;
import io.tributary.job.connectors.IngestDecoders;
import io.tributary.job.connectors.Output;
import io.tributary.pattern.CompiledPattern;
import io.tributary.pattern.PatternDefinition;
import io.tributary.pattern.PatternLibrary;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;

/**
 * Scans a history for its end, runs the pipeline on it, writes each output sorted.
 *
 * <p>The outcome is a function of the set of lines or records: their order, how they are spread
 * over files and partitions, and the parallelism do not matter.
 */
final class Backtest {

    /** Retention of the live pipeline by default; here it only bounds what definitions may ask. */
    static final Duration HORIZON = Duration.ofDays(30);

    private final History.Origin origin;
    private final IdentifierSecret secret;
    private final JobConfig config;
    private final @Nullable Long until;
    private final int parallelism;

    /**
     * @param until end of the run; null for the last event
     */
    Backtest(
            History.Origin origin,
            IdentifierSecret secret,
            JobConfig config,
            @Nullable Long until,
            int parallelism) {
        this.origin = origin;
        this.secret = secret;
        this.config = config;
        this.until = until;
        this.parallelism = parallelism;
    }

    /**
     * What there is to run on: the same for every set of definitions that is compared.
     *
     * @param end epoch milliseconds
     */
    private record Input(History history, HistoryScan scan, Horizon horizon, long end) {}

    /**
     * Some definitions, all of them and those of patterns.
     *
     * @param window the longest of any pattern
     */
    private record Version(Definitions all, List<PatternDefinition> patterns, Duration window) {}

    /**
     * @throws io.tributary.definition.DefinitionException if the definitions have problems
     */
    BacktestReport run(Definitions definitions, Path out) throws Exception {
        Version version = version(definitions);
        return run(version, input(List.of(version)), out);
    }

    /**
     * Runs both on one history, into folders {@code old} and {@code new}, and compares.
     *
     * @throws io.tributary.definition.DefinitionException if either definitions have problems
     */
    Comparison compare(Definitions before, Definitions after, int examples, Path out)
            throws Exception {
        Version old = version(before);
        Version changed = version(after);
        Input input = input(List.of(old, changed));
        run(old, input, out.resolve("old"));
        run(changed, input, out.resolve("new"));
        Comparison comparison =
                new Comparison(old.patterns(), changed.patterns(), input.end(), examples);
        comparison.read(out.resolve("old"), out.resolve("new"));
        writeJson(out.resolve("compare.json"), comparison.toJson());
        return comparison;
    }

    private static Version version(Definitions definitions) {
        Problems problems = new Problems();
        try (PatternLibrary library =
                PatternLibrary.compile(
                        definitions, EventCatalog.read(definitions, problems), problems)) {
            problems.throwIfAny();
            return new Version(
                    definitions,
                    library.patterns().stream().map(CompiledPattern::definition).toList(),
                    library.longestWindow());
        }
    }

    /** What is late depends on the longest window, so versions that are compared share it. */
    private Input input(List<Version> versions) throws IOException {
        Duration window =
                versions.stream()
                        .map(Version::window)
                        .max(Comparator.naturalOrder())
                        .orElse(Duration.ZERO);
        Horizon horizon = new Horizon(HORIZON, window);
        History history =
                origin.open(
                        new IngestDecoders(
                                versions.get(0).all(), secret, horizon.allowedLateness()));
        HistoryScan scan = new HistoryScan(until == null ? Long.MAX_VALUE : until);
        history.read(scan);
        long end = until != null ? until : scan.hasEvents() ? scan.last() : 0;
        return new Input(history, scan, horizon, end);
    }

    private BacktestReport run(Version version, Input input, Path out) throws Exception {
        Files.createDirectories(out);
        Path runs = Files.createTempDirectory(out, ".runs");
        try {
            execute(version.all(), input, runs);
            BacktestReport report =
                    new BacktestReport(
                            version.patterns(), input.history(), input.scan(), input.end());
            for (String file : files()) {
                write(file, runs, out, report);
            }
            writeJson(out.resolve("report.json"), report.toJson());
            return report;
        } finally {
            delete(runs);
        }
    }

    private static List<String> files() {
        List<String> files = new ArrayList<>();
        for (Output output : Output.values()) {
            files.add(output.topic());
        }
        files.add(RunLine.RETRACTIONS);
        return files;
    }

    private void execute(Definitions definitions, Input input, Path runs) throws Exception {
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(configuration());
        JourneyPipeline.Bounded found =
                JourneyPipeline.bounded(
                        input.history().streams(env, input.end()),
                        new PipelineSettings(
                                definitions,
                                input.horizon(),
                                Evaluation.at(
                                        input.end(), config.get(TributaryOptions.WATERMARK_DELAY)),
                                CustomerLimits.DEFAULT));
        found.outputs()
                .forEach(
                        (output, records) ->
                                records.sinkTo(new RunSink<>(runs, RunLine::of))
                                        .name(output.topic())
                                        .uid(OperatorIds.sink(output.topic())));
        found.retractions()
                .sinkTo(new RunSink<>(runs, RunLine::of))
                .name(RunLine.RETRACTIONS)
                .uid(OperatorIds.sink(RunLine.RETRACTIONS));
        env.execute("tributary backtest");
    }

    private Configuration configuration() {
        Configuration configuration = new Configuration();
        configuration.set(ExecutionOptions.RUNTIME_MODE, RuntimeExecutionMode.STREAMING);
        configuration.set(PipelineOptions.GENERIC_TYPES, false);
        configuration.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
        configuration.set(PipelineOptions.MAX_PARALLELISM, OperatorIds.MAX_PARALLELISM);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        configuration.set(CoreOptions.DEFAULT_PARALLELISM, parallelism);
        configuration.set(StateBackendOptions.STATE_BACKEND, "rocksdb");
        return configuration;
    }

    private static void write(String name, Path runs, Path out, BacktestReport report)
            throws IOException {
        Path file = out.resolve(name + ".ndjson");
        try (OutputStream lines = new BufferedOutputStream(Files.newOutputStream(file))) {
            SortedRuns.merge(
                    runs,
                    RunSink.stem(name),
                    line -> {
                        report.add(name, line);
                        lines.write(line);
                        lines.write('\n');
                    });
        }
    }

    private static void writeJson(Path file, ObjectNode json) throws IOException {
        Files.write(file, (json.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> inside = Files.walk(folder)) {
            for (Path path : inside.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
