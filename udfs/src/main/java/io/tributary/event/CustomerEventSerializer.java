package io.tributary.event;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The bytes of a {@link CustomerEvent} on the network and in state.
 *
 * <p>The first byte is the layout's version; every version ever written stays readable, and the
 * newest is written. Version 1: id, type, channel, source as length-prefixed UTF-8; three times as
 * longs; identifiers as count and (namespace, value, sealed length or -1, sealed); properties as
 * length and bytes.
 */
public final class CustomerEventSerializer extends FlatSerializer<CustomerEvent> {

    private static final long serialVersionUID = 1L;

    public static final CustomerEventSerializer INSTANCE = new CustomerEventSerializer();

    private static final byte VERSION_1 = 1;

    @Override
    public void serialize(CustomerEvent event, DataOutputView out) throws IOException {
        out.writeByte(VERSION_1);
        writeString(event.id(), out);
        writeString(event.type(), out);
        writeString(event.channel(), out);
        writeString(event.source(), out);
        out.writeLong(event.time());
        out.writeLong(event.originalTime());
        out.writeLong(event.receivedTime());
        out.writeInt(event.identifiers().size());
        for (Identifier identifier : event.identifiers()) {
            writeString(identifier.namespace(), out);
            writeString(identifier.value(), out);
            byte[] sealed = identifier.sealed();
            out.writeInt(sealed == null ? -1 : sealed.length);
            if (sealed != null) {
                out.write(sealed);
            }
        }
        writeBytes(event.propertiesJson(), out);
    }

    @Override
    public CustomerEvent deserialize(DataInputView in) throws IOException {
        byte version = in.readByte();
        if (version != VERSION_1) {
            throw new IOException("customer event of unknown layout version " + version);
        }
        String id = readString(in);
        String type = readName(in);
        String channel = readName(in);
        String source = readName(in);
        long time = in.readLong();
        long originalTime = in.readLong();
        long receivedTime = in.readLong();
        int count = in.readInt();
        List<Identifier> identifiers = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            String namespace = readName(in);
            String value = readString(in);
            int sealedLength = in.readInt();
            identifiers.add(
                    new Identifier(
                            namespace,
                            value,
                            sealedLength < 0 ? null : readBytes(sealedLength, in)));
        }
        byte[] properties = readBytes(in.readInt(), in);
        return new CustomerEvent(
                id,
                type,
                time,
                originalTime,
                receivedTime,
                channel,
                source,
                identifiers,
                properties);
    }

    @Override
    public CustomerEvent createInstance() {
        return new CustomerEvent("", "", 0, 0, 0, "", "", List.of(), new byte[] {'{', '}'});
    }

    @Override
    public TypeSerializerSnapshot<CustomerEvent> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Snapshot of a serializer without configuration; the layout version is in each value. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<CustomerEvent> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
