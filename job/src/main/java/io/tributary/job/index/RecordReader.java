package io.tributary.job.index;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.tributary.event.EventTime;
import io.tributary.job.connectors.Output;
import io.tributary.job.connectors.OutputSerializer;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * An output record of Kafka to what the index should hold. A record that nobody could index,
 * because it was not written by this job, becomes a request with a problem.
 */
final class RecordReader implements Serializable {

    private static final long serialVersionUID = 1L;

    /** What is indexed; the rest of the outputs carries payloads. */
    static final List<Output> INDEXED =
            List.of(Output.PAIN_POINTS, Output.INTERVENTIONS, Output.METRICS, Output.CUSTOMERS);

    private static final JsonFactory JSON = new JsonFactory();

    private static final int MONTH_LENGTH = "2026-03".length();

    private final String topicPrefix;
    private final String indexPrefix;

    RecordReader(String topicPrefix, String indexPrefix) {
        this.topicPrefix = topicPrefix;
        this.indexPrefix = indexPrefix;
    }

    /** Topics to read. */
    List<String> topics() {
        return INDEXED.stream().map(output -> topicPrefix + output.topic()).toList();
    }

    IndexRequest read(ConsumerRecord<byte[], byte[]> record) {
        try {
            return request(record);
        } catch (IllegalArgumentException | DateTimeException | UncheckedIOException e) {
            String key = record.key() == null ? "" : utf8(record.key());
            return request(record, "", key, 0, record.value(), String.valueOf(e.getMessage()));
        }
    }

    private IndexRequest request(ConsumerRecord<byte[], byte[]> record) {
        if (record.key() == null || record.key().length == 0) {
            throw new IllegalArgumentException("no key");
        }
        long revision = Long.parseLong(header(record, OutputSerializer.REVISION));
        long time = EventTime.parse(header(record, OutputSerializer.TIME));
        byte[] document = record.value() == null ? null : data(record.value());
        String index = index(record.topic().substring(topicPrefix.length()), time);
        return request(record, index, utf8(record.key()), revision, document, null);
    }

    /** One index a month; customers, of which there is one document each, have a single one. */
    private String index(String topic, long time) {
        if (topic.equals(Output.CUSTOMERS.topic())) {
            return indexPrefix + topic;
        }
        String month = EventTime.format(time).substring(0, MONTH_LENGTH).replace('-', '.');
        return indexPrefix + topic + "-" + month;
    }

    /** Its own bytes: this job wrote them in one line. */
    private static byte[] data(byte[] cloudEvent) {
        byte @Nullable [] data = null;
        try (JsonParser parser = JSON.createParser(cloudEvent)) {
            boolean object = parser.nextToken() == JsonToken.START_OBJECT;
            while (object && parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean wanted = parser.currentName().equals("data");
                JsonToken value = parser.nextToken();
                int start = (int) parser.currentTokenLocation().getByteOffset();
                parser.skipChildren();
                if (wanted) {
                    int end = (int) parser.currentLocation().getByteOffset();
                    data =
                            value == JsonToken.START_OBJECT
                                    ? Arrays.copyOfRange(cloudEvent, start, end)
                                    : null;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (data == null) {
            throw new IllegalArgumentException("no CloudEvent with an object as data");
        }
        return data;
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        if (header == null || header.value() == null) {
            throw new IllegalArgumentException("no header '" + name + "'");
        }
        return utf8(header.value());
    }

    private static IndexRequest request(
            ConsumerRecord<byte[], byte[]> record,
            String index,
            String id,
            long version,
            byte @Nullable [] document,
            @Nullable String problem) {
        return new IndexRequest(
                index,
                id,
                version,
                document,
                record.timestamp(),
                record.topic(),
                record.partition(),
                record.offset(),
                0,
                problem);
    }

    private static String utf8(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
