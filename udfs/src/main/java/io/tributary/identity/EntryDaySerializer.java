package io.tributary.identity;

import io.tributary.event.CompactInput;
import io.tributary.event.CompactOutput;
import io.tributary.event.FlatSerializer;
import io.tributary.event.FlatTypeInfo;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The bytes of an {@link EntryDay}. The first byte is the layout's version; version 1: whether it
 * is full, then the entries, by {@link CompactOutput}.
 */
final class EntryDaySerializer extends FlatSerializer<EntryDay> {

    private static final long serialVersionUID = 1L;
    private static final byte VERSION_1 = 1;

    static final EntryDaySerializer INSTANCE = new EntryDaySerializer();

    @Override
    public EntryDay createInstance() {
        return EntryDay.NONE;
    }

    @Override
    public void serialize(EntryDay value, DataOutputView view) throws IOException {
        view.writeByte(VERSION_1);
        CompactOutput out = new CompactOutput(view);
        out.number(value.full() ? 1 : 0);
        IdentityBytes.list(value.entries(), out, entry -> IdentityBytes.entry(entry, out));
    }

    @Override
    public EntryDay deserialize(DataInputView view) throws IOException {
        IdentityBytes.version(VERSION_1, view, "entries of a day");
        CompactInput in = new CompactInput(view);
        return new EntryDay(
                in.number() == 1, IdentityBytes.list(in, () -> IdentityBytes.entry(in)));
    }

    @Override
    public TypeSerializerSnapshot<EntryDay> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Nothing to configure; the layout version is in each value. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<EntryDay> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }

    /** Its type. */
    static final class Info extends FlatTypeInfo<EntryDay> {

        private static final long serialVersionUID = 1L;

        Info() {
            super(EntryDay.class, INSTANCE);
        }
    }

    /** Found by Flink through the annotation on {@link EntryDay}. */
    public static final class Factory extends TypeInfoFactory<EntryDay> {
        @Override
        public TypeInformation<EntryDay> createTypeInfo(
                Type type, Map<String, TypeInformation<?>> genericParameters) {
            return new Info();
        }
    }
}
