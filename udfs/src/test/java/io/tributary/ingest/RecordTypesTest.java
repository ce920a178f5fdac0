package io.tributary.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

/** What flows between operators, with Kryo forbidden. */
class RecordTypesTest {

    @Test
    void aRecordSurvivesTheRoundTrip() throws IOException {
        byte[] bytes = {1, -2};
        RawRecord full = new RawRecord("topic", 3, 17, 99, bytes, bytes, Map.of("h", bytes));
        RawRecord back = roundTrip(RawRecord.class, full);
        assertThat(back).usingRecursiveComparison().isEqualTo(full);
        RawRecord empty = new RawRecord("topic", 3, 17, 99, null, null, Map.of());
        assertThat(roundTrip(RawRecord.class, empty)).usingRecursiveComparison().isEqualTo(empty);
    }

    @Test
    void aRejectionSurvivesTheRoundTrip() throws IOException {
        assertThat(roundTrip(Rejected.class, rejected())).isEqualTo(rejected());
    }

    @Test
    void whatWasIngestedSurvivesTheRoundTrip() throws IOException {
        Decoding decoding = Decoding.shipped();
        Ingested accepted =
                Ingested.accepted(
                        decoding.event(
                                """
                                {"type":"track","event":"x","userId":"ü",
                                 "timestamp":"2026-03-01T09:00:00Z"}\
                                """),
                        true,
                        List.of("a", "b.c"));
        assertThat(roundTrip(Ingested.class, accepted)).isEqualTo(accepted);
        Ingested rejected = Ingested.rejected(rejected());
        assertThat(roundTrip(Ingested.class, rejected)).isEqualTo(rejected);
    }

    private static Rejected rejected() {
        byte[] payload = "ä\u0000".getBytes(StandardCharsets.UTF_8);
        return new Rejected(RejectionReason.NOT_JSON, "détail", "web", "t", 1, 2, 3, payload);
    }

    private static <T> T roundTrip(Class<T> type, T value) throws IOException {
        SerializerConfigImpl config = new SerializerConfigImpl();
        config.setGenericTypes(false);
        TypeSerializer<T> serializer = TypeInformation.of(type).createSerializer(config);
        DataOutputSerializer out = new DataOutputSerializer(64);
        serializer.serialize(value, out);
        return serializer.deserialize(new DataInputDeserializer(out.getCopyOfBuffer()));
    }
}
