package io.tributary.ingest;

import io.tributary.event.CustomerEvent;
import io.tributary.event.CustomerEventSerializer;
import io.tributary.event.FlatSerializer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The bytes of an {@link Ingested} on the network; it never rests in state. First byte: 1 event, 0
 * rejection.
 */
public final class IngestedSerializer extends FlatSerializer<Ingested> {

    private static final long serialVersionUID = 1L;

    public static final IngestedSerializer INSTANCE = new IngestedSerializer();

    private static final RejectionReason[] REASONS = RejectionReason.values();

    @Override
    public void serialize(Ingested ingested, DataOutputView out) throws IOException {
        CustomerEvent event = ingested.event();
        Rejected rejected = ingested.rejected();
        out.writeBoolean(event != null);
        if (event != null) {
            CustomerEventSerializer.INSTANCE.serialize(event, out);
            out.writeBoolean(ingested.unknownType());
            out.writeInt(ingested.droppedProperties().size());
            for (String property : ingested.droppedProperties()) {
                writeString(property, out);
            }
        } else if (rejected != null) {
            serialize(rejected, out);
        }
    }

    private static void serialize(Rejected rejected, DataOutputView out) throws IOException {
        out.writeInt(rejected.reason().ordinal());
        writeString(rejected.detail(), out);
        writeString(rejected.source(), out);
        writeString(rejected.origin(), out);
        out.writeInt(rejected.partition());
        out.writeLong(rejected.position());
        out.writeLong(rejected.receivedTime());
        writeBytes(rejected.payload(), out);
    }

    @Override
    public Ingested deserialize(DataInputView in) throws IOException {
        if (!in.readBoolean()) {
            return Ingested.rejected(
                    new Rejected(
                            REASONS[in.readInt()],
                            readString(in),
                            readString(in),
                            readString(in),
                            in.readInt(),
                            in.readLong(),
                            in.readLong(),
                            readBytes(in)));
        }
        CustomerEvent event = CustomerEventSerializer.INSTANCE.deserialize(in);
        boolean unknownType = in.readBoolean();
        int count = in.readInt();
        List<String> dropped = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            dropped.add(readString(in));
        }
        return Ingested.accepted(event, unknownType, dropped);
    }

    @Override
    public Ingested createInstance() {
        return Ingested.accepted(CustomerEventSerializer.INSTANCE.createInstance());
    }

    @Override
    public TypeSerializerSnapshot<Ingested> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Snapshot of a serializer without configuration. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Ingested> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
