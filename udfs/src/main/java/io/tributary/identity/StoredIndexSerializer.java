package io.tributary.identity;

import io.tributary.event.FlatSerializer;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** The bytes of a {@link StoredIndex}: the timer, then the index, which has a version. */
final class StoredIndexSerializer extends FlatSerializer<StoredIndex> {

    private static final long serialVersionUID = 1L;

    static final StoredIndexSerializer INSTANCE = new StoredIndexSerializer();

    @Override
    public StoredIndex createInstance() {
        return new StoredIndex(KeyIndex.EMPTY, Long.MAX_VALUE);
    }

    @Override
    public void serialize(StoredIndex value, DataOutputView view) throws IOException {
        view.writeLong(value.wakeAt());
        KeyIndexSerializer.INSTANCE.serialize(value.index(), view);
    }

    @Override
    public StoredIndex deserialize(DataInputView view) throws IOException {
        long wakeAt = view.readLong();
        return new StoredIndex(KeyIndexSerializer.INSTANCE.deserialize(view), wakeAt);
    }

    @Override
    public TypeSerializerSnapshot<StoredIndex> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Nothing to configure; the layout version is in each value. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<StoredIndex> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
