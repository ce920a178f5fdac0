package io.tributary.local.operations;

import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.configuration.Configuration;

/** The Prometheus reporter of a cluster. */
final class Reporter {

    private static final String PREFIX = "metrics.reporter.prometheus.";

    /**
     * What {@code deploy/flink/config.yaml} has to say but for the port: labels as they are
     * (patterns have hyphens), without ids that are new with each attempt, and without the hundreds
     * of metrics of each Kafka client and of the network stack.
     */
    static final Map<String, String> SETTINGS =
            new TreeMap<>(
                    Map.of(
                            "metrics.reporters",
                            "prometheus",
                            PREFIX + "factory.class",
                            "org.apache.flink.metrics.prometheus.PrometheusReporterFactory",
                            PREFIX + "filterLabelValueCharacters",
                            "false",
                            PREFIX + "scope.variables.excludes",
                            "host;job_id;task_id;task_attempt_id;task_attempt_num;operator_id",
                            PREFIX + "filter.excludes",
                            "*KafkaConsumer*;*KafkaProducer*;*topic*;*Netty*;*split*"
                                    + ";*:mailbox*;*:lastCheckpointExternalPath"));

    private Reporter() {}

    static Configuration configuration(int port) {
        Configuration flink = Configuration.fromMap(SETTINGS);
        flink.setString(PREFIX + "port", Integer.toString(port));
        return flink;
    }
}
