package io.tributary.job.backtest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.customer.CustomerLimits;
import io.tributary.customer.Evaluation;
import io.tributary.customer.Horizon;
import io.tributary.definition.Definitions;
import io.tributary.event.CanonicalJson;
import io.tributary.ingest.IdentifierSecret;
import io.tributary.ingest.Ingested;
import io.tributary.job.JourneyPipeline;
import io.tributary.job.PipelineSettings;
import io.tributary.job.config.OperatorIds;
import io.tributary.job.connectors.DecoderSupplier;
import io.tributary.job.connectors.IngestDecoders;
import io.tributary.job.connectors.Output;
import io.tributary.job.connectors.OutputRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;
import org.apache.flink.util.ExceptionUtils;
import org.jspecify.annotations.Nullable;

/**
 * The live topology on a MiniCluster. Runs that follow each other go on from savepoints; what the
 * outside knows of pain points afterwards is the last that any of them told.
 */
final class LivePipeline {

    private final SortedMap<String, ObjectNode> painPoints = new TreeMap<>();
    private Definitions definitions;
    private int parallelism = 2;
    private @Nullable String savepoint;

    LivePipeline(Definitions definitions) {
        this.definitions = definitions;
    }

    LivePipeline with(Definitions changed) {
        definitions = changed;
        return this;
    }

    LivePipeline parallelism(int tasks) {
        parallelism = tasks;
        return this;
    }

    LivePipeline from(String path) {
        savepoint = path;
        return this;
    }

    static DecoderSupplier decoders(Definitions definitions) {
        return new IngestDecoders(
                        definitions, IdentifierSecret.publishedTestKey(), Duration.ofDays(1))
                .ofFiles();
    }

    /** Sends lines until the input ends, and with it time. */
    LivePipeline runToEnd(List<String> lines) throws Exception {
        run(lines, "", null);
        return this;
    }

    /** Sends lines, then stops with a savepoint, from which the next run goes on. */
    LivePipeline runToSavepoint(List<String> lines, String folder) throws Exception {
        savepoint = run(lines, folder, folder);
        return this;
    }

    private @Nullable String run(List<String> lines, String name, @Nullable String folder)
            throws Exception {
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(configuration());
        DataStream<Ingested> source =
                env.addSource(
                                new LinesSource(
                                        new ArrayList<>(lines), decoders(definitions), name),
                                "lines",
                                TypeInformation.of(Ingested.class))
                        .setParallelism(1)
                        .uid(OperatorIds.ingest("lines"));
        Map<Output, DataStream<OutputRecord>> outputs =
                JourneyPipeline.build(
                        List.of(source),
                        new PipelineSettings(
                                definitions,
                                new Horizon(Backtest.HORIZON, Duration.ofDays(14)),
                                Evaluation.onArrival(),
                                CustomerLimits.DEFAULT));
        String stoppedAt = null;
        try (CloseableIterator<OutputRecord> told =
                outputs.get(Output.PAIN_POINTS).collectAsync()) {
            JobClient job = env.executeAsync();
            if (folder != null) {
                LinesSource.awaitSent(name);
                stoppedAt = stop(job, folder);
            }
            while (told.hasNext()) {
                keep(told.next());
            }
            job.getJobExecutionResult().get();
        }
        return stoppedAt;
    }

    /** Asks until every task is up: the source may have sent its lines before. */
    private static String stop(JobClient job, String folder) throws Exception {
        while (true) {
            try {
                return job.stopWithSavepoint(false, folder, SavepointFormatType.CANONICAL).get();
            } catch (ExecutionException e) {
                boolean early =
                        ExceptionUtils.findThrowableWithMessage(
                                        e, "Not all required tasks are currently running")
                                .isPresent();
                if (!early) {
                    throw e;
                }
            }
        }
    }

    private Configuration configuration() {
        Configuration configuration = new Configuration();
        configuration.set(PipelineOptions.GENERIC_TYPES, false);
        configuration.set(PipelineOptions.MAX_PARALLELISM, OperatorIds.MAX_PARALLELISM);
        configuration.set(CoreOptions.DEFAULT_PARALLELISM, parallelism);
        if (savepoint != null) {
            configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
            configuration.set(StateRecoveryOptions.SAVEPOINT_IGNORE_UNCLAIMED_STATE, true);
        }
        return configuration;
    }

    private void keep(OutputRecord record) {
        if (record.value() == null) {
            painPoints.remove(record.key());
            return;
        }
        ObjectNode document = (ObjectNode) CanonicalJson.parse(record.value());
        ObjectNode known = painPoints.get(record.key());
        if (known == null || known.path("revision").asLong() < document.path("revision").asLong()) {
            painPoints.put(record.key(), document);
        }
    }

    /** The pain points that stand, by id; without their revision. */
    SortedMap<String, String> painPoints() {
        SortedMap<String, String> standing = new TreeMap<>();
        painPoints.forEach(
                (id, document) -> {
                    if (!document.path("status").asText().equals("retracted")) {
                        standing.put(id, document.deepCopy().without("revision").toString());
                    }
                });
        return standing;
    }
}
