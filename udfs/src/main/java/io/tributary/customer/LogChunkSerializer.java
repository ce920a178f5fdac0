package io.tributary.customer;

import io.tributary.event.CompactInput;
import io.tributary.event.CompactOutput;
import io.tributary.event.CustomerEvent;
import io.tributary.event.FlatSerializer;
import io.tributary.identity.Hop;
import io.tributary.ledger.LedgerEntry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The bytes of a {@link LogChunk}. The first byte is the layout's version. Version 2: by {@link
 * CompactOutput}, count, then twice the sign, plus 1 if it came by a path, the event, its time
 * counted from that of the one before, and the path: its place among those written before, or the
 * next place and its steps; then count and {@link LedgerEntryBytes} of what was told.
 */
final class LogChunkSerializer extends FlatSerializer<LogChunk> {

    private static final long serialVersionUID = 1L;
    private static final byte VERSION_2 = 2;

    static final LogChunkSerializer INSTANCE = new LogChunkSerializer();

    @Override
    public LogChunk createInstance() {
        return LogChunk.EMPTY;
    }

    @Override
    public void serialize(LogChunk chunk, DataOutputView view) throws IOException {
        view.writeByte(VERSION_2);
        CompactOutput out = new CompactOutput(view);
        out.number(chunk.deltas().size());
        Map<List<Hop>, Integer> paths = new HashMap<>();
        long time = 0;
        for (LogChunk.Delta delta : chunk.deltas()) {
            out.number(2L * delta.sign() + (delta.path().isEmpty() ? 0 : 1));
            out.event(delta.event(), time);
            time = delta.event().time();
            if (!delta.path().isEmpty()) {
                path(delta.path(), time, paths, out);
            }
        }
        out.number(chunk.told().size());
        for (LedgerEntry entry : chunk.told()) {
            LedgerEntryBytes.write(entry, out);
        }
    }

    private static void path(
            List<Hop> path, long time, Map<List<Hop>, Integer> paths, CompactOutput out)
            throws IOException {
        Integer known = paths.putIfAbsent(path, paths.size());
        out.number(known == null ? paths.size() - 1 : known);
        if (known == null) {
            out.number(path.size());
            for (Hop hop : path) {
                HopBytes.write(hop, time, out);
            }
        }
    }

    @Override
    public LogChunk deserialize(DataInputView view) throws IOException {
        byte version = view.readByte();
        if (version != VERSION_2) {
            throw new IOException("customer log of unknown layout version " + version);
        }
        CompactInput in = new CompactInput(view);
        int count = in.count();
        List<LogChunk.Delta> deltas = new ArrayList<>(count);
        List<List<Hop>> paths = new ArrayList<>();
        long time = 0;
        for (int i = 0; i < count; i++) {
            int signAndPath = in.count();
            CustomerEvent event = in.event(time);
            time = event.time();
            List<Hop> path = (signAndPath & 1) == 0 ? List.of() : path(in, time, paths);
            deltas.add(new LogChunk.Delta(event, path, signAndPath >> 1));
        }
        count = in.count();
        List<LedgerEntry> told = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            told.add(LedgerEntryBytes.read(in));
        }
        return new LogChunk(deltas, told);
    }

    private static List<Hop> path(CompactInput in, long time, List<List<Hop>> paths)
            throws IOException {
        int place = in.count();
        if (place == paths.size()) {
            int steps = in.count();
            List<Hop> path = new ArrayList<>(steps);
            for (int i = 0; i < steps; i++) {
                path.add(HopBytes.read(in, time));
            }
            paths.add(path);
        }
        return paths.get(place);
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
