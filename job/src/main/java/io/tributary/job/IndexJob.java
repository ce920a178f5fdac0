package io.tributary.job;

import io.tributary.job.config.JobDescription;
import io.tributary.job.config.JobMain;
import io.tributary.job.config.OperatorIds;
import io.tributary.job.index.IndexPipeline;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Committed output topics to Elasticsearch or OpenSearch; see {@link IndexPipeline}. */
public final class IndexJob {

    private IndexJob() {}

    public static void main(String[] args) throws Exception {
        JobMain.run(
                IndexJob.class,
                args,
                config -> {
                    Configuration flink = new Configuration();
                    flink.set(PipelineOptions.GENERIC_TYPES, false);
                    flink.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
                    flink.set(PipelineOptions.MAX_PARALLELISM, OperatorIds.MAX_PARALLELISM);
                    StreamExecutionEnvironment env =
                            StreamExecutionEnvironment.getExecutionEnvironment(flink);
                    IndexPipeline.build(env, config);
                    JobDescription.publish(env);
                    env.execute("tributary-index");
                });
    }
}
