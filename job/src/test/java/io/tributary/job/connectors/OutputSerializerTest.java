package io.tributary.job.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class OutputSerializerTest {

    private static final long MARCH = 1_772_323_200_000L;

    private final OutputSerializer serializer = new OutputSerializer("shop-");

    @Test
    void aDocumentIsAStructuredCloudEvent() {
        ProducerRecord<byte[], byte[]> record =
                serializer.producerRecord(
                        new OutputRecord(
                                Output.PAIN_POINTS,
                                "ab12",
                                utf8("{\"status\":\"detected\"}"),
                                MARCH,
                                3,
                                Map.of()));

        assertThat(record.topic()).isEqualTo("shop-pain-points");
        assertThat(record.partition()).isNull();
        assertThat(text(record.key())).isEqualTo("ab12");
        assertThat(text(record.value()))
                .isEqualTo(
                        "{\"data\":{\"status\":\"detected\"},"
                                + "\"datacontenttype\":\"application/json\",\"id\":\"ab12/3\","
                                + "\"source\":\"/tributary\",\"specversion\":\"1.0\","
                                + "\"subject\":\"ab12\",\"time\":\"2026-03-01T00:00:00.000Z\","
                                + "\"type\":\"io.tributary.pain_point.v1\"}");
        assertThat(headers(record))
                .isEqualTo(Map.of("revision", "3", "time", "2026-03-01T00:00:00.000Z"));
    }

    @Test
    void aTombstoneKeepsItsRevisionAndTime() {
        ProducerRecord<byte[], byte[]> record =
                serializer.producerRecord(
                        new OutputRecord(Output.CUSTOMERS, "user_id:1", null, MARCH, 4, Map.of()));

        assertThat(record.value()).isNull();
        assertThat(headers(record))
                .isEqualTo(Map.of("revision", "4", "time", "2026-03-01T00:00:00.000Z"));
    }

    @Test
    void aRejectedPayloadStaysByteForByte() {
        byte[] payload = {'{', (byte) 0xC3};

        ProducerRecord<byte[], byte[]> record =
                serializer.producerRecord(
                        rejected(payload, Map.of("reason", "not_utf8", "position", "17")));

        assertThat(record.topic()).isEqualTo("shop-rejected");
        assertThat(record.value()).isEqualTo(payload);
        assertThat(headers(record)).isEqualTo(Map.of("reason", "not_utf8", "position", "17"));
    }

    @Test
    void aPayloadAbove900KilobytesIsCutAndDescribed() {
        byte[] whole = new byte[900_000];
        byte[] tooLong = new byte[900_001];

        assertThat(serializer.producerRecord(rejected(whole, Map.of())).value()).isEqualTo(whole);
        ProducerRecord<byte[], byte[]> cut = serializer.producerRecord(rejected(tooLong, Map.of()));
        assertThat(cut.value()).isEqualTo(whole);
        assertThat(headers(cut))
                .isEqualTo(
                        Map.of(
                                "length",
                                "900001",
                                "sha256",
                                "e182117daf3a043f79de8e3819febb4fbab4d707e139723989a7721071b4b8f3"));
    }

    private static OutputRecord rejected(byte[] payload, Map<String, String> headers) {
        return new OutputRecord(Output.REJECTED, "web/0/17", payload, MARCH, 0, headers);
    }

    private static Map<String, String> headers(ProducerRecord<byte[], byte[]> record) {
        Map<String, String> headers = new TreeMap<>();
        record.headers().forEach(header -> headers.put(header.key(), text(header.value())));
        return headers;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
