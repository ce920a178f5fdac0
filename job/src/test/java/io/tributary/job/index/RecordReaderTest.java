package io.tributary.job.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.job.connectors.Output;
import io.tributary.job.connectors.OutputRecord;
import io.tributary.job.connectors.OutputSerializer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class RecordReaderTest {

    /** 2026-03-31T23:59:59.999Z. */
    private static final long END_OF_MARCH = 1_775_001_599_999L;

    private final RecordReader reader = new RecordReader("shop-", "idx-");

    @Test
    void aDocumentGoesToTheMonthOfItsOwnTime() {
        IndexRequest request = read(Output.PAIN_POINTS, utf8("{\"status\":\"open\"}"));

        assertThat(request.index()).isEqualTo("idx-pain-points-2026.03");
        assertThat(request.id()).isEqualTo("k");
        assertThat(request.version()).isEqualTo(5);
        assertThat(text(request.document())).isEqualTo("{\"status\":\"open\"}");
        assertThat(request.written()).isEqualTo(77);
        assertThat(request.position()).isEqualTo(9);
        assertThat(request.problem()).isNull();
    }

    @Test
    void customersHaveOneIndex() {
        assertThat(read(Output.CUSTOMERS, utf8("{}")).index()).isEqualTo("idx-customers");
    }

    @Test
    void aTombstoneDeletesAtItsRevision() {
        IndexRequest request = read(Output.METRICS, null);

        assertThat(request.document()).isNull();
        assertThat(request.index()).isEqualTo("idx-metrics-2026.03");
        assertThat(request.version()).isEqualTo(5);
        assertThat(request.problem()).isNull();
    }

    @Test
    void whatThisJobDidNotWriteHasAProblemAndKeepsItsBytes() {
        assertProblem(record("shop-metrics", "k", "{\"data\":{}}"), "no header 'revision'");
        assertProblem(record("shop-metrics", null, "x"), "no key");
        assertProblem(
                withHeaders(record("shop-metrics", "k", "{\"data\":1}"), "3"),
                "no CloudEvent with an object as data");
        assertProblem(
                withHeaders(record("shop-metrics", "k", "{}"), "newest"),
                "For input string: \"newest\"");
        assertThat(reader.read(withHeaders(record("shop-metrics", "k", "{"), "3")).problem())
                .isNotNull();
    }

    private void assertProblem(ConsumerRecord<byte[], byte[]> record, String problem) {
        IndexRequest request = reader.read(record);
        assertThat(request.problem()).isEqualTo(problem);
        assertThat(request.document()).isEqualTo(record.value());
    }

    private IndexRequest read(Output output, byte[] data) {
        ProducerRecord<byte[], byte[]> written =
                new OutputSerializer("shop-")
                        .producerRecord(
                                new OutputRecord(output, "k", data, END_OF_MARCH, 5, Map.of()));
        return reader.read(
                new ConsumerRecord<>(
                        written.topic(),
                        1,
                        9,
                        77,
                        TimestampType.CREATE_TIME,
                        0,
                        0,
                        written.key(),
                        written.value(),
                        written.headers(),
                        Optional.empty()));
    }

    private static ConsumerRecord<byte[], byte[]> record(String topic, String key, String value) {
        return new ConsumerRecord<>(topic, 1, 9, key == null ? null : utf8(key), utf8(value));
    }

    private static ConsumerRecord<byte[], byte[]> withHeaders(
            ConsumerRecord<byte[], byte[]> record, String revision) {
        RecordHeaders headers = new RecordHeaders();
        headers.add("revision", utf8(revision));
        headers.add("time", utf8("2026-03-01T00:00:00.000Z"));
        headers.forEach(record.headers()::add);
        return record;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
