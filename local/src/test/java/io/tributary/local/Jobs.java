package io.tributary.local;

import io.tributary.event.CanonicalJson;
import io.tributary.job.config.JobConfig;
import io.tributary.job.connectors.Output;
import io.tributary.job.connectors.OutputRecord;
import io.tributary.job.index.IndexPipeline;
import io.tributary.local.process.ElasticsearchProcess;
import io.tributary.local.process.KafkaProcess;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Environments, configurations and records for tests against real servers. */
final class Jobs {

    /** 2026-03-01T00:00:00Z. */
    static final long MARCH = 1_772_323_200_000L;

    private static final long HOUR = 3_600_000;

    private Jobs() {}

    /** What the jobs insist on, with a quick restart after a failure. */
    static Configuration flink() {
        Configuration flink = new Configuration();
        flink.set(PipelineOptions.GENERIC_TYPES, false);
        flink.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
        flink.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        flink.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 20);
        flink.set(
                RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(200));
        return flink;
    }

    /**
     * Topics, indices, transactions and groups of one test.
     *
     * @param test becomes part of every name
     */
    static JobConfig config(KafkaProcess kafka, String test, Map<String, String> more) {
        Map<String, String> options = new TreeMap<>();
        options.put("kafka.bootstrap.servers", kafka.bootstrap());
        options.put("kafka.group.id", test);
        options.put("kafka.transactional-id-prefix", test);
        options.put("topics.prefix", test + "-tributary-");
        options.put("checkpoint.interval", "500 ms");
        options.putAll(more);
        return JobConfig.of(options);
    }

    /** As above, with an index that gives up quickly on a server that hangs. */
    static JobConfig indexConfig(
            KafkaProcess kafka, ElasticsearchProcess elasticsearch, String test) {
        return config(
                kafka,
                test,
                Map.of(
                        "elasticsearch.urls", elasticsearch.url(),
                        "elasticsearch.index.prefix", test + "-tributary-",
                        "elasticsearch.request.timeout", "1 s",
                        "elasticsearch.backoff.max", "1 s",
                        "elasticsearch.linger", "100 ms",
                        "elasticsearch.batch.records", "20",
                        "elasticsearch.buffer.records", "50"));
    }

    static JobClient startIndex(JobConfig config, Configuration flink) throws Exception {
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.createLocalEnvironment(1, flink);
        IndexPipeline.build(env, config);
        return env.executeAsync("index");
    }

    /** A pain point that began so many hours into March 2026. */
    static OutputRecord painPoint(String id, long hours, long revision) {
        long time = MARCH + hours * HOUR;
        byte[] data =
                CanonicalJson.bytes(
                        CanonicalJson.object()
                                .put("id", id)
                                .put("pattern", "cart-abandonment")
                                .put("version", 1)
                                .put("status", "detected")
                                .put("revision", revision));
        return new OutputRecord(Output.PAIN_POINTS, id, data, time, revision, Map.of());
    }

    /** The same record with other data. */
    static OutputRecord with(OutputRecord record, byte[] value) {
        return new OutputRecord(
                record.output(),
                record.key(),
                value,
                record.time(),
                record.revision(),
                record.headers());
    }
}
