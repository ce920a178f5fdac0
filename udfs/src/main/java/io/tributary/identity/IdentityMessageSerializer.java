package io.tributary.identity;

import io.tributary.event.CompactInput;
import io.tributary.event.CompactOutput;
import io.tributary.event.CustomerEvent;
import io.tributary.event.CustomerEventSerializer;
import io.tributary.event.FlatSerializer;
import io.tributary.event.FlatTypeInfo;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The bytes of an {@link IdentityMessage}. The first byte is the layout's version; version 1: the
 * kind, then what it needs: event as {@link CustomerEventSerializer} has it, sign and path, entry,
 * or customer.
 */
final class IdentityMessageSerializer extends FlatSerializer<IdentityMessage> {

    private static final long serialVersionUID = 1L;
    private static final byte VERSION_1 = 1;
    private static final IdentityMessage.Kind[] KINDS = IdentityMessage.Kind.values();

    static final IdentityMessageSerializer INSTANCE = new IdentityMessageSerializer();

    @Override
    public IdentityMessage createInstance() {
        return IdentityMessage.alias("", "", null);
    }

    @Override
    public void serialize(IdentityMessage value, DataOutputView view) throws IOException {
        view.writeByte(VERSION_1);
        CustomerEvent event = value.event();
        Entry entry = value.entry();
        writeString(value.key(), view);
        writeString(value.customer(), view);
        CompactOutput out = new CompactOutput(view);
        out.number(value.kind().ordinal());
        out.number(value.sign());
        out.number((event == null ? 0 : 1) + (entry == null ? 0 : 2));
        IdentityBytes.path(value.path(), out);
        if (entry != null) {
            IdentityBytes.entry(entry, out);
        }
        if (event != null) {
            CustomerEventSerializer.INSTANCE.serialize(event, view);
        }
    }

    @Override
    public IdentityMessage deserialize(DataInputView view) throws IOException {
        IdentityBytes.version(VERSION_1, view, "message to an identifier");
        String key = readString(view);
        String customer = readString(view);
        CompactInput in = new CompactInput(view);
        IdentityMessage.Kind kind = KINDS[in.count()];
        int sign = in.count();
        int there = in.count();
        List<Hop> path = IdentityBytes.path(in);
        Entry entry = (there & 2) == 0 ? null : IdentityBytes.entry(in);
        CustomerEvent event =
                (there & 1) == 0 ? null : CustomerEventSerializer.INSTANCE.deserialize(view);
        return new IdentityMessage(kind, key, sign, event, path, entry, customer);
    }

    @Override
    public TypeSerializerSnapshot<IdentityMessage> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Nothing to configure; the layout version is in each value. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<IdentityMessage> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }

    /** Its type. */
    static final class Info extends FlatTypeInfo<IdentityMessage> {

        private static final long serialVersionUID = 1L;

        Info() {
            super(IdentityMessage.class, INSTANCE);
        }
    }

    /** Found by Flink through the annotation on {@link IdentityMessage}. */
    public static final class Factory extends TypeInfoFactory<IdentityMessage> {
        @Override
        public TypeInformation<IdentityMessage> createTypeInfo(
                Type type, Map<String, TypeInformation<?>> genericParameters) {
            return new Info();
        }
    }
}
