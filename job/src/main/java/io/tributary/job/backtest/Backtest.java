package io.tributary.job.backtest;

import io.tributary.customer.CustomerLimits;
import io.tributary.customer.Evaluation;
import io.tributary.customer.Horizon;
import io.tributary.definition.Definitions;
import io.tributary.definition.Problems;
import io.tributary.event.EventCatalog;
import io.tributary.ingest.IdentifierSecret;
import io.tributary.ingest.Ingested;
import io.tributary.job.JourneyPipeline;
import io.tributary.job.PipelineSettings;
import io.tributary.job.config.OperatorIds;
import io.tributary.job.connectors.DecoderSupplier;
import io.tributary.job.connectors.IngestDecoders;
import io.tributary.job.connectors.Output;
import io.tributary.job.connectors.OutputRecord;
import io.tributary.pattern.PatternLibrary;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.connector.file.src.FileSource;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;

/**
 * One backtest: scan the files for their end, run the pipeline on them, write each output sorted.
 *
 * <p>The outcome is a function of the set of lines: their order, how they are spread over files,
 * and the parallelism do not matter.
 */
final class Backtest {

    /** Retention of the live pipeline by default; here it only bounds what definitions may ask. */
    static final Duration HORIZON = Duration.ofDays(30);

    private final Definitions definitions;
    private final IdentifierSecret secret;
    private final List<Path> files;
    private final @Nullable Long until;
    private final int parallelism;
    private final Path out;

    Backtest(
            Definitions definitions,
            IdentifierSecret secret,
            List<Path> files,
            @Nullable Long until,
            int parallelism,
            Path out) {
        this.definitions = definitions;
        this.secret = secret;
        this.files = files;
        this.until = until;
        this.parallelism = parallelism;
        this.out = out;
    }

    /**
     * @throws io.tributary.definition.DefinitionException if the definitions have problems
     */
    BacktestReport run() throws Exception {
        PatternLibrary library = library();
        Horizon horizon = new Horizon(HORIZON, library.longestWindow());
        DecoderSupplier decoders =
                new IngestDecoders(definitions, secret, horizon.allowedLateness()).ofFiles();
        FileScan scan = new FileScan(until == null ? Long.MAX_VALUE : until);
        scan.read(files, decoders.open());
        long end = until != null ? until : scan.hasEvents() ? scan.last() : 0;
        Files.createDirectories(out);
        Path runs = Files.createTempDirectory(out, ".runs");
        try {
            execute(decoders, horizon, end, runs);
            BacktestReport report =
                    new BacktestReport(
                            library.patterns().stream()
                                    .map(pattern -> pattern.definition().id())
                                    .toList(),
                            scan,
                            end);
            for (Output output : Output.values()) {
                write(output, runs, report);
            }
            Files.write(
                    out.resolve("report.json"),
                    (report.toJson().toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8));
            return report;
        } finally {
            library.close();
            delete(runs);
        }
    }

    private PatternLibrary library() {
        Problems problems = new Problems();
        PatternLibrary library =
                PatternLibrary.compile(
                        definitions, EventCatalog.read(definitions, problems), problems);
        problems.throwIfAny();
        return library;
    }

    private void execute(DecoderSupplier decoders, Horizon horizon, long end, Path runs)
            throws Exception {
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(configuration());
        FileSource<Ingested> source =
                FileSource.forBulkFileFormat(
                                new FileFormat(decoders, names(), end),
                                files.stream()
                                        .map(file -> new org.apache.flink.core.fs.Path(uri(file)))
                                        .toArray(org.apache.flink.core.fs.Path[]::new))
                        .build();
        DataStream<Ingested> lines =
                env.fromSource(source, WatermarkStrategy.noWatermarks(), "files")
                        .uid(OperatorIds.ingest("files"));
        Map<Output, DataStream<OutputRecord>> outputs =
                JourneyPipeline.build(
                        List.of(lines),
                        new PipelineSettings(
                                definitions, horizon, Evaluation.at(end), CustomerLimits.DEFAULT));
        outputs.forEach(
                (output, records) ->
                        records.sinkTo(new RunSink(runs))
                                .name(output.topic())
                                .uid(OperatorIds.sink(output.topic())));
        env.execute("tributary backtest");
    }

    private SortedMap<String, String> names() {
        SortedMap<String, String> names = new TreeMap<>();
        files.forEach(file -> names.put(uri(file).getPath(), file.toString()));
        return names;
    }

    private static URI uri(Path file) {
        return file.toAbsolutePath().normalize().toUri();
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

    private void write(Output output, Path runs, BacktestReport report) throws IOException {
        Path file = out.resolve(output.topic() + ".ndjson");
        try (OutputStream lines = new BufferedOutputStream(Files.newOutputStream(file))) {
            SortedRuns.merge(
                    runs,
                    RunSink.stem(output),
                    line -> {
                        report.add(output, line);
                        lines.write(line);
                        lines.write('\n');
                    });
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> inside = Files.walk(folder)) {
            for (Path path : inside.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
