package io.tributary.intervention;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.journey.Touchpoint;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class InterventionTypesTest {

    @Test
    void whatFlowsAndRestsIsReadAsItWasWritten() throws Exception {
        Decision decided = DecisionCase.eligible().touchpoint("e1", "11:59").decide();
        Decision unreachable = DecisionCase.eligible().channels("fax").decide();
        ConsentHistory said =
                ConsentHistory.of(
                        List.of(
                                Samples.consentEvent("a", "11:00", "{\"granted\":false}"),
                                Samples.consentEvent(
                                        "b", "11:30", "{\"channel\":\"web\",\"granted\":true}")));
        assertThat(copy(Decision.class, decided)).isEqualTo(decided);
        assertThat(copy(Decision.class, unreachable)).isEqualTo(unreachable);
        assertThat(copy(Touchpoint.class, decided.touchpoints().get(0)))
                .isEqualTo(decided.touchpoints().get(0));
        assertThat(copy(ConsentHistory.class, said)).isEqualTo(said);
    }

    /** Through Flink's own serializer; a generic one is refused. */
    private static <T> T copy(Class<T> type, T value) throws Exception {
        SerializerConfigImpl config = new SerializerConfigImpl();
        config.setGenericTypes(false);
        TypeSerializer<T> serializer = TypeInformation.of(type).createSerializer(config);
        DataOutputSerializer out = new DataOutputSerializer(128);
        serializer.serialize(value, out);
        return serializer.deserialize(new DataInputDeserializer(out.getCopyOfBuffer()));
    }
}
