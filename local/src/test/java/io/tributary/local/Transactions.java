package io.tributary.local;

import io.tributary.job.config.JobConfig;
import io.tributary.job.config.TributaryOptions;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/** Sees what the output topics hold beyond what is committed. */
final class Transactions implements AutoCloseable {

    private final Admin admin;
    private final String prefix;

    Transactions(JobConfig config) {
        admin = Admin.create(config.kafkaClient());
        prefix = config.get(TributaryOptions.TOPICS_PREFIX);
    }

    /** How many offsets of a topic lie behind the beginning of its first open transaction. */
    long uncommitted(String topic) throws Exception {
        Map<TopicPartition, OffsetSpec> latest =
                admin
                        .describeTopics(List.of(prefix + topic))
                        .topicNameValues()
                        .get(prefix + topic)
                        .get()
                        .partitions()
                        .stream()
                        .map(info -> new TopicPartition(prefix + topic, info.partition()))
                        .collect(Collectors.toMap(at -> at, at -> OffsetSpec.latest()));
        return end(latest, IsolationLevel.READ_UNCOMMITTED)
                - end(latest, IsolationLevel.READ_COMMITTED);
    }

    private long end(Map<TopicPartition, OffsetSpec> latest, IsolationLevel isolation)
            throws Exception {
        return admin
                .listOffsets(latest, new ListOffsetsOptions(isolation))
                .all()
                .get()
                .values()
                .stream()
                .mapToLong(end -> end.offset())
                .sum();
    }

    @Override
    public void close() {
        admin.close();
    }
}
