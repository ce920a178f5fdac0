package io.tributary.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.event.CustomerEvent;
import io.tributary.ingest.Decoder;
import io.tributary.ingest.Ingested;
import io.tributary.ingest.RawRecord;
import io.tributary.ingest.Rejected;
import io.tributary.ingest.RejectionReason;
import io.tributary.ingest.SourceConfig;
import io.tributary.job.config.JobConfig;
import io.tributary.job.connectors.KafkaSources;
import io.tributary.local.process.KafkaProcess;
import io.tributary.local.process.Servers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.CloseableIterator;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Servers.class)
class KafkaSourceIT {

    private static final Duration HOUR = Duration.ofHours(1);

    /**
     * The timer lies an hour after the newest event, so that only the wall clock reaches it; of
     * three readers one has no partition, one partition stays empty, and the other ends with a
     * rejected record and the marker of a transaction.
     */
    @Test
    @Timeout(60)
    void anAbsenceFiresWhenALiveSourceHasGoneQuietAndABatchSourceIsAside(KafkaProcess kafka)
            throws Exception {
        JobConfig config =
                Jobs.config(
                        kafka,
                        "quiet",
                        Map.of("watermark.quiet", "1 s", "watermark.probe.interval", "100 ms"));
        createTopics(config);
        writeInTransaction(config, "quiet-live", List.of("event", "malformed"));
        Configuration flink = Jobs.flink();
        flink.set(PipelineOptions.AUTO_GENERATE_UIDS, true);
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.createLocalEnvironment(3, flink);
        env.enableCheckpointing(500);
        DataStream<Ingested> all =
                KafkaSources.ingest(
                                env,
                                source("quiet-live", SourceConfig.Mode.LIVE),
                                TextDecoder::new,
                                config)
                        .union(
                                KafkaSources.ingest(
                                        env,
                                        source("quiet-batch", SourceConfig.Mode.BATCH),
                                        TextDecoder::new,
                                        config));

        Set<String> seen = new HashSet<>();
        try (CloseableIterator<String> results =
                all.keyBy(ingested -> 1, Types.INT)
                        .process(new AnHourLater())
                        .returns(Types.STRING)
                        .executeAndCollect("quiet")) {
            while (seen.size() < 3 && results.hasNext()) {
                seen.add(results.next());
            }
        }

        assertThat(seen)
                .containsExactlyInAnyOrder(
                        "event quiet-live/0/0", "rejected quiet-live/0/1", "an hour later");
    }

    private static SourceConfig source(String topic, SourceConfig.Mode mode) {
        return new SourceConfig(
                topic,
                mode,
                SourceConfig.Format.AUTO,
                "web",
                List.of(topic),
                SourceConfig.DEFAULT_MAX_BYTES,
                SourceConfig.UnknownTypes.ACCEPT,
                Map.of(),
                null);
    }

    private static void createTopics(JobConfig config) throws Exception {
        try (Admin admin = Admin.create(config.kafkaClient())) {
            admin.createTopics(
                            List.of(
                                    new NewTopic("quiet-live", 2, (short) 1),
                                    new NewTopic("quiet-batch", 1, (short) 1)))
                    .all()
                    .get();
        }
    }

    private static void writeInTransaction(JobConfig config, String topic, List<String> values) {
        Properties client = config.kafkaClient();
        client.put("transactional.id", topic);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            for (String value : values) {
                producer.send(
                        new ProducerRecord<>(
                                topic, 0, null, value.getBytes(StandardCharsets.UTF_8)));
            }
            producer.commitTransaction();
        }
    }

    /** "event" is one at the beginning of March 2026, anything else is rejected. */
    private static final class TextDecoder implements Decoder {

        @Override
        public void decode(RawRecord record, Consumer<Ingested> out) {
            String at = record.origin() + "/" + record.partition() + "/" + record.position();
            boolean event = "event".equals(new String(record.value(), StandardCharsets.UTF_8));
            out.accept(event ? Ingested.accepted(event(at)) : rejected(record, at));
        }

        private static CustomerEvent event(String id) {
            byte[] none = {'{', '}'};
            return new CustomerEvent(
                    id, "page", Jobs.MARCH, Jobs.MARCH, Jobs.MARCH, "web", "web", List.of(), none);
        }

        private static Ingested rejected(RawRecord record, String detail) {
            return Ingested.rejected(
                    new Rejected(
                            RejectionReason.NOT_JSON,
                            detail,
                            "web",
                            record.origin(),
                            record.partition(),
                            record.position(),
                            record.receivedTime(),
                            new byte[0]));
        }
    }

    /** Tells of each record, and when the watermark has passed an hour after the event. */
    private static final class AnHourLater extends KeyedProcessFunction<Integer, Ingested, String> {

        private static final long serialVersionUID = 1L;

        @Override
        public void processElement(Ingested ingested, Context context, Collector<String> out) {
            if (ingested.isAccepted()) {
                context.timerService().registerEventTimeTimer(Jobs.MARCH + HOUR.toMillis());
                out.collect("event " + ingested.event().id());
            } else {
                out.collect("rejected " + ingested.rejected().detail());
            }
        }

        @Override
        public void onTimer(long time, OnTimerContext context, Collector<String> out) {
            out.collect("an hour later");
        }
    }
}
