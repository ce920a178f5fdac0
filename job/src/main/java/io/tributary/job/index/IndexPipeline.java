package io.tributary.job.index;

import io.tributary.job.config.ConfigException;
import io.tributary.job.config.JobConfig;
import io.tributary.job.config.StartingPoint;
import io.tributary.job.config.TributaryOptions;
import io.tributary.job.connectors.KafkaSources;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The projection.
 *
 * <pre>
 * pain-points, interventions, metrics, customers   committed records
 *   │ read      CloudEvent or tombstone -> index, id, revision
 *   ▼ index     _bulk, external versions; what the index refuses -> rejected
 * </pre>
 *
 * The records of one key stay in order and in one task, and an older revision never overwrites a
 * newer one, so that any record may be read and written again; without a checkpoint everything is.
 */
public final class IndexPipeline {

    public static final String READ_UID = "index-read";
    public static final String SINK_UID = "sink-index";

    private IndexPipeline() {}

    /**
     * Adds the pipeline to {@code env} and sets what it needs of it.
     *
     * @throws ConfigException if the configuration cannot be used
     */
    public static void build(StreamExecutionEnvironment env, JobConfig config) {
        check(config);
        env.enableCheckpointing(config.get(TributaryOptions.CHECKPOINT_INTERVAL).toMillis());
        env.getConfig().enableObjectReuse();
        // while the cluster is down checkpoints cannot complete; that is no reason to start anew
        env.getCheckpointConfig().setTolerableCheckpointFailureNumber(Integer.MAX_VALUE);
        env.fromSource(read(config), WatermarkStrategy.noWatermarks(), READ_UID)
                .uid(READ_UID)
                .sinkTo(new IndexSink(config))
                .name(SINK_UID)
                .uid(SINK_UID);
    }

    private static KafkaSource<IndexRequest> read(JobConfig config) {
        RecordReader reader =
                new RecordReader(
                        config.get(TributaryOptions.TOPICS_PREFIX),
                        config.get(TributaryOptions.ELASTICSEARCH_INDEX_PREFIX));
        // committed offsets cover documents that a lost checkpoint still had in a writer's buffer
        return KafkaSources.source(
                KafkaSources.client(config, "index"),
                reader.topics(),
                StartingPoint.EARLIEST,
                new RecordDeserializer(reader));
    }

    /** What would otherwise fail in every attempt of the running job. */
    private static void check(JobConfig config) {
        int batch = config.get(TributaryOptions.ELASTICSEARCH_BATCH_RECORDS);
        int buffer = config.get(TributaryOptions.ELASTICSEARCH_BUFFER_RECORDS);
        int inFlight = config.get(TributaryOptions.ELASTICSEARCH_REQUESTS_IN_FLIGHT);
        if (batch < 1 || inFlight < 1 || buffer <= batch) {
            throw new ConfigException(
                    String.format(
                            "%s and %s have to be positive, %s larger than %s",
                            TributaryOptions.ELASTICSEARCH_BATCH_RECORDS.key(),
                            TributaryOptions.ELASTICSEARCH_REQUESTS_IN_FLIGHT.key(),
                            TributaryOptions.ELASTICSEARCH_BUFFER_RECORDS.key(),
                            TributaryOptions.ELASTICSEARCH_BATCH_RECORDS.key()));
        }
        var unused = new SearchClient(config);
    }
}
