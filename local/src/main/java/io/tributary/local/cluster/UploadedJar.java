package io.tributary.local.cluster;

import io.tributary.job.JourneyJob;
import java.net.URISyntaxException;
import java.nio.file.Path;

/** The jobs' jar on a cluster. Closed, it is gone there; jobs that it started keep their copy. */
final class UploadedJar implements AutoCloseable {

    private final FlinkRest flink;
    private final String id;

    private UploadedJar(FlinkRest flink, String id) {
        this.flink = flink;
        this.id = id;
    }

    /** Uploads the jar that this process itself runs with. */
    static UploadedJar upload(FlinkRest flink) {
        try {
            return new UploadedJar(flink, flink.upload(jar()));
        } catch (ClusterException e) {
            throw new ClusterException("the jar was not taken: " + e.getMessage(), e);
        }
    }

    static Path jar() {
        try {
            return Path.of(
                    JourneyJob.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Lets the JobManager build the graph, which finds what is wrong before anything changes. */
    void rehearse(Submission submission) {
        try {
            flink.plan(id, submission.start());
        } catch (ClusterException e) {
            throw new ClusterException(
                    "the JobManager refuses "
                            + submission.job().flinkName()
                            + ": "
                            + e.getMessage(),
                    e);
        }
    }

    /**
     * @return the job's id
     */
    String run(Start start) {
        return flink.run(id, start);
    }

    @Override
    public void close() {
        flink.deleteJar(id);
    }
}
