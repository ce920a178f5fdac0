package io.tributary.customer;

import io.tributary.event.CompactInput;
import io.tributary.event.CompactOutput;
import io.tributary.event.CustomerEvent;
import io.tributary.event.FlatSerializer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The bytes of a {@link LogChunk}. The first byte is the layout's version. Version 1: {@link
 * CompactOutput}: count, then sign and event, each event's time counted from that of the one
 * before.
 */
final class LogChunkSerializer extends FlatSerializer<LogChunk> {

    private static final long serialVersionUID = 1L;
    private static final byte VERSION_1 = 1;

    static final LogChunkSerializer INSTANCE = new LogChunkSerializer();

    @Override
    public LogChunk createInstance() {
        return new LogChunk(List.of());
    }

    @Override
    public void serialize(LogChunk chunk, DataOutputView view) throws IOException {
        view.writeByte(VERSION_1);
        CompactOutput out = new CompactOutput(view);
        out.number(chunk.deltas().size());
        long time = 0;
        for (LogChunk.Delta delta : chunk.deltas()) {
            out.number(delta.sign());
            out.event(delta.event(), time);
            time = delta.event().time();
        }
    }

    @Override
    public LogChunk deserialize(DataInputView view) throws IOException {
        byte version = view.readByte();
        if (version != VERSION_1) {
            throw new IOException("customer log of unknown layout version " + version);
        }
        CompactInput in = new CompactInput(view);
        int count = in.count();
        List<LogChunk.Delta> deltas = new ArrayList<>(count);
        long time = 0;
        for (int i = 0; i < count; i++) {
            int sign = in.count();
            CustomerEvent event = in.event(time);
            deltas.add(new LogChunk.Delta(event, sign));
            time = event.time();
        }
        return new LogChunk(deltas);
    }

    @Override
    public TypeSerializerSnapshot<LogChunk> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Nothing to configure; the layout version is in each value. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<LogChunk> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
