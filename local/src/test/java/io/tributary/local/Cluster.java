package io.tributary.local;

import java.nio.file.Path;
import java.util.stream.StreamSupport;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.runtime.checkpoint.CheckpointStatsCounts;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A Flink cluster in this JVM, with RocksDB, whose TaskManagers can be lost. */
final class Cluster implements AutoCloseable {

    static final int SLOTS_OF_A_TASK_MANAGER = 2;

    private final MiniCluster cluster;
    private int lost;

    /**
     * @param folder for state and checkpoints
     */
    Cluster(Configuration flink, Path folder) throws Exception {
        Configuration configuration = new Configuration(flink);
        configuration.set(StateBackendOptions.STATE_BACKEND, "rocksdb");
        configuration.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
        configuration.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                folder.resolve("checkpoints").toUri().toString());
        configuration.set(CoreOptions.TMP_DIRS, folder.toString());
        cluster =
                new MiniCluster(
                        new MiniClusterConfiguration.Builder()
                                .setConfiguration(configuration)
                                .setNumTaskManagers(1)
                                .setNumSlotsPerTaskManager(SLOTS_OF_A_TASK_MANAGER)
                                .withRandomPorts()
                                .build());
        cluster.start();
    }

    JobID submit(StreamExecutionEnvironment env) throws Exception {
        return cluster.submitJob(env.getStreamGraph()).get().getJobID();
    }

    void addTaskManager() throws Exception {
        cluster.startTaskManager();
    }

    /** The oldest TaskManager goes with all its tasks; whatever was not checkpointed is gone. */
    void loseOldestTaskManager() throws Exception {
        cluster.terminateTaskManager(lost++).get();
    }

    CheckpointStatsCounts checkpoints(JobID job) throws Exception {
        return cluster.getExecutionGraph(job).get().getCheckpointStatsSnapshot().getCounts();
    }

    /** How often the task that was started anew most often was. */
    int restarts(JobID job) throws Exception {
        return StreamSupport.stream(
                        cluster.getExecutionGraph(job)
                                .get()
                                .getAllExecutionVertices()
                                .spliterator(),
                        false)
                .mapToInt(vertex -> vertex.getCurrentExecutionAttempt().getAttemptNumber())
                .max()
                .orElseThrow();
    }

    String status(JobID job) throws Exception {
        return cluster.getJobStatus(job).get().name();
    }

    @Override
    public void close() throws Exception {
        cluster.close();
    }
}
