package io.tributary.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.customer.CustomerLimits;
import io.tributary.customer.Evaluation;
import io.tributary.customer.Horizon;
import io.tributary.definition.Problems;
import io.tributary.event.Namespace;
import io.tributary.event.Namespaces;
import io.tributary.identity.Assignment;
import io.tributary.identity.SimulatedWorld;
import io.tributary.ingest.Ingested;
import io.tributary.ingest.IngestedTypeInfo;
import io.tributary.job.config.OperatorIds;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.api.dag.Transformation;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Simulated worlds through the live pipeline on a cluster, which fails once after a checkpoint and
 * goes on from it: every event ends where a naive reading of the rules puts it.
 *
 * <p>{@code -Didentity.cluster.seeds=20} runs more worlds, {@code -Didentity.seed=17} that one
 * alone.
 */
@Timeout(300)
class SimulatedClusterTest {

    private static final int SEEDS = Integer.getInteger("identity.cluster.seeds", 9);
    private static final Long ONLY = Long.getLong("identity.seed");
    private static final Duration DAY = Duration.ofDays(1);

    @TempDir private static Path folder;

    @RegisterExtension
    static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    () ->
                            new MiniClusterResourceConfiguration.Builder()
                                    .setConfiguration(storage())
                                    .setNumberTaskManagers(1)
                                    .setNumberSlotsPerTaskManager(4)
                                    .build());

    /** Where seeds keep their state, three in a row the same way. */
    private static final List<Map<String, String>> STATE =
            List.of(
                    Map.of("state.backend.type", "hashmap"),
                    Map.of("state.backend.type", "rocksdb"),
                    Map.of("state.backend.type", "rocksdb", "state.changelog.enabled", "true"));

    private static Configuration storage() {
        return Configuration.fromMap(
                Map.of(
                        "state.changelog.storage",
                        "filesystem",
                        "state.changelog.dstl.dfs.base-path",
                        folder.toUri().toString()));
    }

    static LongStream seeds() {
        return ONLY == null ? LongStream.rangeClosed(1, SEEDS) : LongStream.of(ONLY);
    }

    @ParameterizedTest(name = "-Didentity.seed={0}")
    @MethodSource("seeds")
    void aClusterThatFailsEndsInWhatTheRulesSay(long seed) throws Exception {
        int parallelism = 1 << seed % 3;
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(
                        configuration(seed, parallelism));
        SimulatedWorld world = new SimulatedWorld(seed);
        assignments(env, world, events(env, seed))
                .transform("sums", Types.VOID, new AssignmentSums(seed))
                .setParallelism(1)
                .setMaxParallelism(1);

        JobExecutionResult result = env.execute("seed " + seed);

        assertThat(result.<List<String>>getAccumulatorResult(AssignmentSums.LINES))
                .as("-Didentity.seed=%d parallelism %d", seed, parallelism)
                .containsExactlyInAnyOrderElementsOf(world.expected().keySet());
        assertThat(result.<Integer>getAccumulatorResult(FailingFeed.RESTARTED))
                .as("-Didentity.seed=%d subtasks that went on after the failure", seed)
                .isEqualTo(parallelism);
    }

    private static Configuration configuration(long seed, int parallelism) {
        Configuration flink =
                Configuration.fromMap(STATE.get((int) ((seed - 1) / 3 % STATE.size())));
        flink.set(PipelineOptions.GENERIC_TYPES, false);
        flink.set(CoreOptions.DEFAULT_PARALLELISM, parallelism);
        flink.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(10));
        flink.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        flink.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 1);
        flink.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ZERO);
        return flink;
    }

    /** A third of the events before the first checkpoint, another third before the next. */
    private static DataStream<Ingested> events(StreamExecutionEnvironment env, long seed) {
        int count = new SimulatedWorld(seed).events().size();
        return env.fromSource(
                        new DataGeneratorSource<>(
                                index -> index,
                                count,
                                RateLimiterStrategy.perCheckpoint(count / 3),
                                Types.LONG),
                        WatermarkStrategy.noWatermarks(),
                        "numbers")
                .transform("events", new IngestedTypeInfo(), new FailingFeed(seed));
    }

    /** What leaves the identity layers, in the pipeline as it is. */
    private static DataStream<Assignment> assignments(
            StreamExecutionEnvironment env, SimulatedWorld world, DataStream<Ingested> events) {
        JourneyPipeline.build(
                List.of(events),
                new PipelineSettings(
                        world.definitions(),
                        new Horizon(world.kept().plus(DAY), DAY),
                        Evaluation.onArrival(),
                        CustomerLimits.DEFAULT));
        Problems problems = new Problems();
        List<Namespace> namespaces = Namespaces.read(world.definitions(), problems).byRank();
        problems.throwIfAny();
        return namespaces.stream()
                .map(namespace -> layer(env, OperatorIds.identity(namespace)))
                .reduce(DataStream::union)
                .orElseThrow();
    }

    @SuppressWarnings("unchecked") // a layer's main output
    private static DataStream<Assignment> layer(StreamExecutionEnvironment env, String uid) {
        return new DataStream<>(
                env,
                (Transformation<Assignment>)
                        env.getTransformations().stream()
                                .filter(operator -> uid.equals(operator.getUid()))
                                .findAny()
                                .orElseThrow());
    }
}
