package io.tributary.local.demo;

import io.tributary.job.JourneyJob;
import io.tributary.job.config.JobConfig;
import io.tributary.job.config.OperatorIds;
import io.tributary.job.index.IndexPipeline;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;

/**
 * A Flink in this JVM, with web UI, RocksDB and checkpoints on disk, that runs both jobs. Its
 * settings are {@code deploy/flink/config.yaml}, but for addresses, folders and memory.
 */
public final class JobCluster implements AutoCloseable {

    /** Of JourneyJob: half of the processors are for the servers, and four are plenty. */
    private static final int PARALLELISM =
            Math.max(1, Math.min(4, Runtime.getRuntime().availableProcessors() / 2));

    private static final int SLOTS = PARALLELISM + 1;
    private static final String LOOPBACK = "127.0.0.1";
    private static final String CHANGELOG = "state.changelog.dstl.dfs.base-path";
    private static final String METRICS_PORT = "metrics.reporter.prometheus.port";

    private final MiniCluster cluster;
    private final ConcurrentSkipListMap<String, JobID> jobs = new ConcurrentSkipListMap<>();

    /**
     * @param deploy the repository's folder of that name
     * @param folder for state and checkpoints
     * @param metricsPort of the Prometheus reporter; null for no reporter
     */
    JobCluster(Path deploy, Path folder, @Nullable Integer metricsPort) throws Exception {
        this(deploy, folder, metricsOn(metricsPort));
    }

    /**
     * @param deploy the repository's folder of that name
     * @param folder for state and checkpoints
     * @param overrides settings instead of those of {@code deploy}
     */
    public JobCluster(Path deploy, Path folder, Configuration overrides) throws Exception {
        Configuration flink = settings(deploy, folder);
        flink.addAll(overrides);
        cluster =
                new MiniCluster(
                        new MiniClusterConfiguration.Builder()
                                .setConfiguration(flink)
                                .setNumTaskManagers(1)
                                .setNumSlotsPerTaskManager(SLOTS)
                                .withRandomPorts()
                                .build());
        try {
            cluster.start();
        } catch (Exception e) {
            cluster.close();
            throw e;
        }
    }

    private static Configuration metricsOn(@Nullable Integer port) {
        Configuration flink = new Configuration();
        if (port == null) {
            flink.set(MetricOptions.REPORTERS_LIST, "");
        } else {
            flink.setString(METRICS_PORT, port.toString());
        }
        return flink;
    }

    private static Configuration settings(Path deploy, Path folder) {
        Configuration flink =
                GlobalConfiguration.loadConfiguration(deploy.resolve("flink").toString());
        flink.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                folder.resolve("checkpoints").toUri().toString());
        flink.removeConfig(CheckpointingOptions.SAVEPOINT_DIRECTORY);
        flink.setString(CHANGELOG, folder.resolve("changelog").toUri().toString());
        flink.set(CoreOptions.TMP_DIRS, folder.toString());
        flink.removeConfig(TaskManagerOptions.TOTAL_PROCESS_MEMORY);
        flink.removeConfig(TaskManagerOptions.JVM_METASPACE);
        flink.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(256));
        flink.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(96));
        flink.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(96));
        flink.set(JobManagerOptions.ADDRESS, LOOPBACK);
        flink.set(JobManagerOptions.PORT, 0);
        flink.set(JobManagerOptions.BIND_HOST, LOOPBACK);
        flink.set(TaskManagerOptions.HOST, LOOPBACK);
        flink.set(TaskManagerOptions.BIND_HOST, LOOPBACK);
        flink.set(RestOptions.ADDRESS, LOOPBACK);
        flink.set(RestOptions.BIND_ADDRESS, LOOPBACK);
        flink.set(RestOptions.PORT, 0);
        flink.set(WebOptions.SUBMIT_ENABLE, false);
        flink.set(WebOptions.TMP_DIR, folder.toString());
        return flink;
    }

    /** Of the web UI. */
    String url() throws InterruptedException, ExecutionException {
        return cluster.getRestAddress().get().toString();
    }

    public void startJourneyJob(JobConfig config) throws Exception {
        StreamExecutionEnvironment env = environment(PARALLELISM);
        JourneyJob.build(env, config);
        submit("tributary-journey", env);
    }

    public void startIndexJob(JobConfig config) throws Exception {
        StreamExecutionEnvironment env = environment(SLOTS - PARALLELISM);
        IndexPipeline.build(env, config);
        submit("tributary-index", env);
    }

    private static StreamExecutionEnvironment environment(int parallelism) {
        Configuration flink = new Configuration();
        flink.set(PipelineOptions.GENERIC_TYPES, false);
        flink.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
        flink.set(PipelineOptions.MAX_PARALLELISM, OperatorIds.MAX_PARALLELISM);
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(flink);
        env.setParallelism(parallelism);
        return env;
    }

    private void submit(String name, StreamExecutionEnvironment env) throws Exception {
        var graph = env.getStreamGraph();
        graph.setJobName(name);
        jobs.put(name, cluster.submitJob(graph).get().getJobID());
    }

    /**
     * @throws IllegalStateException if a job has ended
     */
    public void requireRunning() throws InterruptedException, ExecutionException {
        for (Map.Entry<String, JobID> job : jobs.entrySet()) {
            JobStatus status = cluster.getJobStatus(job.getValue()).get();
            if (status.isTerminalState()) {
                throw new IllegalStateException("the job " + job.getKey() + " is " + status);
            }
        }
    }

    @Override
    public void close() throws Exception {
        cluster.close();
    }
}
