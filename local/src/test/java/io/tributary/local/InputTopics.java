package io.tributary.local;

import io.tributary.job.config.JobConfig;
import io.tributary.job.config.TributaryOptions;
import io.tributary.local.InventedTraffic.Input;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The topics of {@code definitions/sources.yaml}, one a channel. */
final class InputTopics implements AutoCloseable {

    static final List<String> CHANNELS =
            List.of("web", "mobile", "voice", "chat", "email", "social", "store", "survey", "crm");

    static final int PARTITIONS = 2;

    /** Room for values that are larger than a source takes. */
    private static final String MOST_BYTES = "4194304";

    private final String group;
    private final Admin admin;
    private final KafkaProducer<byte[], byte[]> producer;

    InputTopics(JobConfig config) throws Exception {
        group = config.get(TributaryOptions.KAFKA_GROUP_ID);
        admin = Admin.create(config.kafkaClient());
        Properties client = config.kafkaClient();
        client.setProperty("max.request.size", MOST_BYTES);
        producer =
                new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer());
        admin.createTopics(
                        CHANNELS.stream()
                                .map(
                                        channel ->
                                                new NewTopic(topic(channel), PARTITIONS, (short) 1)
                                                        .configs(
                                                                Map.of(
                                                                        "max.message.bytes",
                                                                        MOST_BYTES)))
                                .toList())
                .all()
                .get();
    }

    static String topic(String channel) {
        return "events." + channel;
    }

    void send(List<Input> inputs) {
        for (Input input : inputs) {
            var unused =
                    producer.send(
                            new ProducerRecord<>(
                                    topic(input.channel()),
                                    input.partition(),
                                    null,
                                    input.value()));
        }
        producer.flush();
    }

    /** Sends each poison to a topic of its own choosing and returns how it has to be rejected. */
    List<Rejection> poison(List<Poison> poisons) throws Exception {
        List<Future<RecordMetadata>> places = new ArrayList<>();
        for (int i = 0; i < poisons.size(); i++) {
            String topic = topic(CHANNELS.get(i % CHANNELS.size()));
            places.add(
                    producer.send(
                            new ProducerRecord<>(
                                    topic, i % PARTITIONS, null, poisons.get(i).value())));
        }
        producer.flush();
        List<Rejection> expected = new ArrayList<>();
        for (int i = 0; i < poisons.size(); i++) {
            expected.add(
                    Rejection.expected(
                            poisons.get(i),
                            CHANNELS.get(i % CHANNELS.size()),
                            places.get(i).get()));
        }
        return expected;
    }

    /** How many records the job has read for good: what its last checkpoint committed. */
    long read() throws Exception {
        long read = 0;
        for (String source : CHANNELS) {
            read +=
                    admin
                            .listConsumerGroupOffsets(group + "-" + source)
                            .partitionsToOffsetAndMetadata()
                            .get()
                            .values()
                            .stream()
                            .mapToLong(offset -> offset == null ? 0 : offset.offset())
                            .sum();
        }
        return read;
    }

    /** How many records there are. */
    long sent() throws Exception {
        Map<TopicPartition, OffsetSpec> ends =
                CHANNELS.stream()
                        .flatMap(
                                channel ->
                                        Stream.of(
                                                new TopicPartition(topic(channel), 0),
                                                new TopicPartition(topic(channel), 1)))
                        .collect(Collectors.toMap(at -> at, at -> OffsetSpec.latest()));
        return admin.listOffsets(ends).all().get().values().stream()
                .mapToLong(end -> end.offset())
                .sum();
    }

    @Override
    public void close() {
        producer.close();
        admin.close();
    }
}
