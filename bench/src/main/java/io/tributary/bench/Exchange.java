package io.tributary.bench;

import java.io.IOException;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** What {@code keyBy} does to a value, but for the network: to bytes and back. */
final class Exchange<T> {

    private static final int BYTES = 1_024;

    private final TypeSerializer<T> serializer;
    private final DataOutputSerializer out = new DataOutputSerializer(BYTES);
    private final DataInputDeserializer in = new DataInputDeserializer();

    Exchange(Class<T> type) {
        SerializerConfigImpl config = new SerializerConfigImpl();
        config.setGenericTypes(false);
        serializer = TypeInformation.of(type).createSerializer(config);
    }

    T pass(T value) throws IOException {
        out.clear();
        serializer.serialize(value, out);
        in.setBuffer(out.getSharedBuffer(), 0, out.length());
        return serializer.deserialize(in);
    }
}
