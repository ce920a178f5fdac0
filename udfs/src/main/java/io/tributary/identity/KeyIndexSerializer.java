package io.tributary.identity;

import io.tributary.event.CompactInput;
import io.tributary.event.CompactOutput;
import io.tributary.event.FlatSerializer;
import io.tributary.event.FlatTypeInfo;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The bytes of a {@link KeyIndex}. The first byte is the layout's version; version 1: fields in
 * their order, by {@link CompactOutput}.
 */
final class KeyIndexSerializer extends FlatSerializer<KeyIndex> {

    private static final long serialVersionUID = 1L;
    private static final byte VERSION_1 = 1;

    static final KeyIndexSerializer INSTANCE = new KeyIndexSerializer();

    @Override
    public KeyIndex createInstance() {
        return KeyIndex.EMPTY;
    }

    @Override
    public void serialize(KeyIndex value, DataOutputView view) throws IOException {
        view.writeByte(VERSION_1);
        CompactOutput out = new CompactOutput(view);
        IdentityBytes.presence(value.targets(), out);
        IdentityBytes.presence(value.leading(), out);
        out.number(value.unlinks().size());
        for (KeyIndex.Unlink unlink : value.unlinks()) {
            out.string(unlink.target());
            out.number(unlink.time());
        }
        entries(value.settled(), out);
        numbers(value.days(), out);
        numbers(value.hours(), out);
        out.string(value.alias());
        entries(value.aliasEntry(), out);
        out.number(value.choices().size());
        for (KeyIndex.Choice choice : value.choices()) {
            out.number(choice.time());
            out.string(choice.event());
            out.number(choice.out() ? 1 : 0);
        }
        numbers(value.erased(), out);
    }

    private static void entries(List<Entry> entries, CompactOutput out) throws IOException {
        IdentityBytes.list(entries, out, entry -> IdentityBytes.entry(entry, out));
    }

    /** Each as the difference to the one before. */
    private static void numbers(List<Long> sorted, CompactOutput out) throws IOException {
        out.number(sorted.size());
        long last = 0;
        for (long number : sorted) {
            out.number(number - last);
            last = number;
        }
    }

    private static List<Long> numbers(CompactInput in) throws IOException {
        int count = in.count();
        List<Long> numbers = new ArrayList<>(count);
        long last = 0;
        for (int i = 0; i < count; i++) {
            last += in.number();
            numbers.add(last);
        }
        return numbers;
    }

    @Override
    public KeyIndex deserialize(DataInputView view) throws IOException {
        IdentityBytes.version(VERSION_1, view, "index of an identifier");
        CompactInput in = new CompactInput(view);
        return new KeyIndex(
                IdentityBytes.presence(in),
                IdentityBytes.presence(in),
                IdentityBytes.list(in, () -> new KeyIndex.Unlink(in.string(), in.number())),
                IdentityBytes.list(in, () -> IdentityBytes.entry(in)),
                numbers(in),
                numbers(in),
                in.string(),
                IdentityBytes.list(in, () -> IdentityBytes.entry(in)),
                IdentityBytes.list(
                        in, () -> new KeyIndex.Choice(in.number(), in.string(), in.number() == 1)),
                numbers(in));
    }

    @Override
    public TypeSerializerSnapshot<KeyIndex> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Nothing to configure; the layout version is in each value. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<KeyIndex> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }

    /** Its type. */
    static final class Info extends FlatTypeInfo<KeyIndex> {

        private static final long serialVersionUID = 1L;

        Info() {
            super(KeyIndex.class, INSTANCE);
        }
    }

    /** Found by Flink through the annotation on {@link KeyIndex}. */
    public static final class Factory extends TypeInfoFactory<KeyIndex> {
        @Override
        public TypeInformation<KeyIndex> createTypeInfo(
                Type type, Map<String, TypeInformation<?>> genericParameters) {
            return new Info();
        }
    }
}
