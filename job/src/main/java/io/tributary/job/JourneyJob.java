package io.tributary.job;

import io.tributary.customer.CustomerLimits;
import io.tributary.customer.Evaluation;
import io.tributary.customer.Horizon;
import io.tributary.definition.DefinitionException;
import io.tributary.definition.Definitions;
import io.tributary.definition.Problems;
import io.tributary.erasure.Checkpoints;
import io.tributary.event.EventCatalog;
import io.tributary.ingest.Ingested;
import io.tributary.ingest.SourceConfig;
import io.tributary.job.config.ConfigException;
import io.tributary.job.config.DefinitionsBundle;
import io.tributary.job.config.JobConfig;
import io.tributary.job.config.JobDescription;
import io.tributary.job.config.JobMain;
import io.tributary.job.config.OperatorIds;
import io.tributary.job.config.TributaryOptions;
import io.tributary.job.connectors.DefinitionTopics;
import io.tributary.job.connectors.IngestDecoders;
import io.tributary.job.connectors.KafkaOutputs;
import io.tributary.job.connectors.KafkaSources;
import io.tributary.job.connectors.TransactionTimeoutCheck;
import io.tributary.pattern.PatternLibrary;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.CheckpointingMode;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The live job: channels' topics in, pain points, decisions, metrics and customers out. */
public final class JourneyJob {

    private JourneyJob() {}

    public static void main(String[] args) throws Exception {
        JobMain.run(
                JourneyJob.class,
                args,
                config -> {
                    TransactionTimeoutCheck.check(config);
                    DefinitionTopics.createMissing(config);
                    StreamExecutionEnvironment env =
                            StreamExecutionEnvironment.getExecutionEnvironment(flink());
                    build(env, config);
                    env.execute("tributary-journey");
                });
    }

    /** What the job insists on, whatever the cluster's defaults are. */
    private static Configuration flink() {
        Configuration flink = new Configuration();
        flink.set(PipelineOptions.GENERIC_TYPES, false);
        flink.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
        flink.set(PipelineOptions.MAX_PARALLELISM, OperatorIds.MAX_PARALLELISM);
        return flink;
    }

    /**
     * Connects Kafka to the pipeline.
     *
     * @throws ConfigException if the definitions cannot be used
     */
    public static void build(StreamExecutionEnvironment env, JobConfig config) {
        Definitions definitions = definitions(config);
        Horizon horizon = horizon(definitions, config);
        IngestDecoders decoders =
                new IngestDecoders(
                        definitions, config.pseudonymSecret(), horizon.allowedLateness());
        env.enableCheckpointing(
                config.get(TributaryOptions.CHECKPOINT_INTERVAL).toMillis(),
                CheckpointingMode.EXACTLY_ONCE);
        env.setBufferTimeout(config.get(TributaryOptions.BUFFER_TIMEOUT).toMillis());
        // what flows is immutable, so operators of one task hand it on as it is
        env.getConfig().enableObjectReuse();
        List<DataStream<Ingested>> sources = new ArrayList<>();
        for (SourceConfig source : topicSources(decoders)) {
            sources.add(KafkaSources.ingest(env, source, decoders.of(source.name()), config));
        }
        JourneyPipeline.Live live =
                JourneyPipeline.build(
                        sources,
                        DefinitionTopics.read(env, config),
                        new PipelineSettings(
                                definitions,
                                horizon,
                                Evaluation.onArrival(),
                                limits(config),
                                identityCache(config),
                                checkpoints(env, config)));
        live.outputs().forEach((output, records) -> KafkaOutputs.write(records, output, config));
        DefinitionTopics.write(live.status(), config);
        JobDescription.publish(env, definitions);
    }

    private static Definitions definitions(JobConfig config) {
        Optional<String> bundle = config.find(TributaryOptions.DEFINITIONS_BUNDLE);
        if (bundle.isPresent()) {
            return DefinitionsBundle.unpack(bundle.get());
        }
        String folder = config.get(TributaryOptions.DEFINITIONS_DIR);
        try {
            return Definitions.read(Path.of(folder));
        } catch (UncheckedIOException e) {
            throw new ConfigException(
                    TributaryOptions.DEFINITIONS_DIR.key() + ": cannot read " + e.getMessage());
        }
    }

    private static Horizon horizon(Definitions definitions, JobConfig config) {
        Problems problems = new Problems();
        Duration retention = config.get(TributaryOptions.STATE_HORIZON);
        try (PatternLibrary library =
                PatternLibrary.compile(
                        definitions, EventCatalog.read(definitions, problems), problems)) {
            problems.throwIfAny();
            Duration longest = library.longestWindow();
            Duration most = config.find(TributaryOptions.STATE_WINDOW_MAX).orElse(longest);
            if (most.compareTo(longest) < 0) {
                throw new ConfigException(
                        TributaryOptions.STATE_WINDOW_MAX.key()
                                + " is shorter than the longest window of the definitions, "
                                + longest);
            }
            return new Horizon(retention, most);
        } catch (DefinitionException | IllegalArgumentException e) {
            throw new ConfigException(String.valueOf(e.getMessage()));
        }
    }

    private static Checkpoints checkpoints(StreamExecutionEnvironment env, JobConfig config) {
        int retained = env.getConfiguration().get(CheckpointingOptions.MAX_RETAINED_CHECKPOINTS);
        return new Checkpoints(
                Math.max(1, retained), config.get(TributaryOptions.CHECKPOINT_INTERVAL));
    }

    private static CustomerLimits limits(JobConfig config) {
        try {
            return new CustomerLimits(
                    config.get(TributaryOptions.CUSTOMER_CACHE),
                    config.get(TributaryOptions.CUSTOMER_EVENTS_MAX));
        } catch (IllegalArgumentException e) {
            throw new ConfigException(String.valueOf(e.getMessage()));
        }
    }

    private static int identityCache(JobConfig config) {
        int cache = config.get(TributaryOptions.IDENTITY_CACHE);
        if (cache < 1) {
            throw new ConfigException(
                    TributaryOptions.IDENTITY_CACHE.key() + ": at least 1, not " + cache);
        }
        return cache;
    }

    private static List<SourceConfig> topicSources(IngestDecoders decoders) {
        List<SourceConfig> sources;
        try {
            sources = decoders.topicSources();
        } catch (DefinitionException e) {
            throw new ConfigException(String.valueOf(e.getMessage()));
        }
        if (sources.isEmpty()) {
            throw new ConfigException("sources.yaml names no topic to read");
        }
        return sources;
    }
}
