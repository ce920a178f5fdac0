package io.tributary.job.connectors;

import io.tributary.job.config.ConfigException;
import io.tributary.job.config.JobConfig;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/**
 * Where the records of topics stand now. Every method may throw a {@link KafkaException}, after 15
 * s if no broker answers.
 */
public final class TopicOffsets implements AutoCloseable {

    private static final String PATIENCE_MILLIS = "15000";
    private static final ListOffsetsOptions COMMITTED =
            new ListOffsetsOptions(IsolationLevel.READ_COMMITTED);

    private final Admin admin;
    private final String brokers;

    public TopicOffsets(JobConfig config) {
        Properties client = config.kafkaClient();
        if (!client.containsKey(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG)
                && !client.containsKey(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG)) {
            client.setProperty(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
            client.setProperty(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
        }
        brokers = client.getProperty(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG);
        admin = Admin.create(client);
    }

    /**
     * All partitions of {@code topics}.
     *
     * @throws ConfigException if one of them is not there
     */
    public List<TopicPartition> partitions(Collection<String> topics) {
        List<TopicPartition> partitions = new ArrayList<>();
        Map<String, KafkaFuture<TopicDescription>> described =
                admin.describeTopics(topics).topicNameValues();
        for (String topic : topics) {
            TopicDescription description =
                    answer(described.get(topic), "there is no topic '" + topic + "'");
            description
                    .partitions()
                    .forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
        }
        return partitions;
    }

    /**
     * Up to what is committed now; partitions without anything to read are left out.
     *
     * @param since epoch milliseconds: a partition is read from its first record that has this
     *     timestamp or a later one; null for from its oldest
     */
    public List<TopicStretch> stretches(List<TopicPartition> partitions, @Nullable Long since) {
        Map<TopicPartition, ListOffsetsResultInfo> ends = list(partitions, OffsetSpec.latest());
        Map<TopicPartition, ListOffsetsResultInfo> starts =
                list(
                        partitions,
                        since == null ? OffsetSpec.earliest() : OffsetSpec.forTimestamp(since));
        return partitions.stream()
                .map(partition -> stretch(partition, starts.get(partition), ends.get(partition)))
                .filter(stretch -> !stretch.isEmpty())
                .sorted(TopicStretch.BY_PARTITION)
                .toList();
    }

    private static TopicStretch stretch(
            TopicPartition partition,
            @Nullable ListOffsetsResultInfo start,
            @Nullable ListOffsetsResultInfo end) {
        long to = end == null ? 0 : end.offset();
        // -1: no record is that young
        return new TopicStretch(
                partition, start == null || start.offset() < 0 ? to : start.offset(), to);
    }

    private Map<TopicPartition, ListOffsetsResultInfo> list(
            List<TopicPartition> partitions, OffsetSpec what) {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        partitions.forEach(partition -> asked.put(partition, what));
        return answer(admin.listOffsets(asked, COMMITTED).all(), "a topic has just been deleted");
    }

    /**
     * @param unknown what it means that Kafka does not know a topic
     */
    private <T> T answer(@Nullable KafkaFuture<T> asked, String unknown) {
        try {
            if (asked == null) {
                throw new IllegalStateException("not asked");
            }
            return asked.get();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof UnknownTopicOrPartitionException
                    || cause instanceof InvalidTopicException) {
                throw new ConfigException(unknown + " on " + brokers);
            }
            throw new KafkaException("cannot read topics from " + brokers, cause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted", e);
        }
    }

    @Override
    public void close() {
        admin.close();
    }
}
