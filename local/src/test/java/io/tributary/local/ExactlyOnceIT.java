package io.tributary.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.event.CanonicalJson;
import io.tributary.job.config.ConfigException;
import io.tributary.job.config.JobConfig;
import io.tributary.job.config.TributaryOptions;
import io.tributary.job.connectors.KafkaOutputs;
import io.tributary.job.connectors.Output;
import io.tributary.job.connectors.OutputRecord;
import io.tributary.job.connectors.TransactionTimeoutCheck;
import io.tributary.local.process.ElasticsearchProcess;
import io.tributary.local.process.KafkaProcess;
import io.tributary.local.process.Servers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Servers.class)
class ExactlyOnceIT {

    private static final int RECORDS = 2_000;
    private static final int PER_SECOND = 600;

    @Test
    void failuresBetweenCheckpointsLoseAndDuplicateNothing(
            KafkaProcess kafka, ElasticsearchProcess elasticsearch) throws Exception {
        JobConfig config = Jobs.indexConfig(kafka, elasticsearch, "exactly-once");
        Topics topics = new Topics(config);

        runWithFailures(config, "exactly-once");

        assertThat(FailingOnce.failuresOf("exactly-once")).isEqualTo(2);
        List<ConsumerRecord<byte[], byte[]>> committed = topics.committed("pain-points");
        assertThat(committed.stream().map(record -> text(record.key())))
                .containsExactlyInAnyOrderElementsOf(ids());

        JobClient index = Jobs.startIndex(config, Jobs.flink());
        try {
            Index documents = new Index(elasticsearch.url());
            Map<String, Index.Document> indexed =
                    Eventually.ask(
                            () -> documents.documents("exactly-once-tributary-pain-points"),
                            found -> found.size() == RECORDS,
                            Duration.ofSeconds(30));
            assertThat(indexed.keySet()).containsExactlyInAnyOrderElementsOf(ids());
            assertThat(committed)
                    .allSatisfy(
                            record ->
                                    assertThat(indexed.get(text(record.key())).source())
                                            .isEqualTo(data(record.value())));
        } finally {
            index.cancel().get();
        }
    }

    @Test
    void atLeastOnceLosesNothing(KafkaProcess kafka) throws Exception {
        JobConfig config =
                Jobs.config(kafka, "at-least-once", Map.of("delivery.guarantee", "at-least-once"));
        Topics topics = new Topics(config);

        runWithFailures(config, "at-least-once");

        List<String> written =
                topics.committed("pain-points").stream().map(r -> text(r.key())).toList();
        assertThat(written).hasSizeGreaterThan(RECORDS);
        assertThat(written).containsAll(ids());
    }

    @Test
    void aTransactionTimeoutAboveTheBrokersIsRefusedAtTheStart(KafkaProcess kafka)
            throws InterruptedException {
        JobConfig refused =
                Jobs.config(kafka, "timeout", Map.of("kafka.transaction.timeout", "16 min"));

        assertThatThrownBy(() -> TransactionTimeoutCheck.check(refused))
                .isInstanceOf(ConfigException.class)
                .hasMessage(
                        "kafka.transaction.timeout is 960000 ms, but broker 1 allows at most"
                                + " 900000 ms (transaction.max.timeout.ms): lower the option or"
                                + " raise the broker's setting");

        TransactionTimeoutCheck.check(
                Jobs.config(kafka, "timeout", Map.of("kafka.transaction.timeout", "15 min")));
        TransactionTimeoutCheck.check(
                Jobs.config(
                        kafka,
                        "timeout",
                        Map.of(
                                "kafka.transaction.timeout", "16 min",
                                "delivery.guarantee", "at-least-once")));
    }

    private static void runWithFailures(JobConfig config, String test) throws Exception {
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.createLocalEnvironment(1, Jobs.flink());
        env.enableCheckpointing(config.get(TributaryOptions.CHECKPOINT_INTERVAL).toMillis());
        DataGeneratorSource<Long> numbers =
                new DataGeneratorSource<>(
                        number -> number,
                        RECORDS,
                        RateLimiterStrategy.perSecond(PER_SECOND),
                        TypeInformation.of(Long.class));
        DataStream<OutputRecord> records =
                env.fromSource(numbers, WatermarkStrategy.noWatermarks(), "numbers")
                        .uid("numbers")
                        .map(number -> Jobs.painPoint(id(number), number, 1))
                        .returns(OutputRecord.class)
                        .uid("records")
                        .map(new FailingOnce(test, 2, 100))
                        .uid("failing");
        KafkaOutputs.write(records, Output.PAIN_POINTS, config);
        env.execute(test);
    }

    private static List<String> ids() {
        return LongStream.range(0, RECORDS).mapToObj(ExactlyOnceIT::id).toList();
    }

    private static String id(long number) {
        return String.format("%08x", number);
    }

    private static String data(byte[] cloudEvent) {
        return CanonicalJson.string(CanonicalJson.parse(cloudEvent).path("data"));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
