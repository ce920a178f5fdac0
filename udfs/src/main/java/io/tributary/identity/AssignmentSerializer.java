package io.tributary.identity;

import io.tributary.event.CompactInput;
import io.tributary.event.CompactOutput;
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
 * The bytes of an {@link Assignment}. The first byte is the layout's version; version 1: the
 * customer, the sign, the path, then the event as {@link CustomerEventSerializer} has it.
 */
final class AssignmentSerializer extends FlatSerializer<Assignment> {

    private static final long serialVersionUID = 1L;
    private static final byte VERSION_1 = 1;

    static final AssignmentSerializer INSTANCE = new AssignmentSerializer();

    @Override
    public Assignment createInstance() {
        return Assignment.plus("", CustomerEventSerializer.INSTANCE.createInstance());
    }

    @Override
    public void serialize(Assignment value, DataOutputView view) throws IOException {
        view.writeByte(VERSION_1);
        writeString(value.customer(), view);
        CompactOutput out = new CompactOutput(view);
        out.number(value.sign());
        IdentityBytes.path(value.path(), out);
        CustomerEventSerializer.INSTANCE.serialize(value.event(), view);
    }

    @Override
    public Assignment deserialize(DataInputView view) throws IOException {
        IdentityBytes.version(VERSION_1, view, "assignment");
        String customer = readString(view);
        CompactInput in = new CompactInput(view);
        int sign = in.count();
        List<Hop> path = IdentityBytes.path(in);
        return new Assignment(
                customer, sign, CustomerEventSerializer.INSTANCE.deserialize(view), path);
    }

    @Override
    public TypeSerializerSnapshot<Assignment> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Nothing to configure; the layout version is in each value. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Assignment> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }

    /** Its type. */
    static final class Info extends FlatTypeInfo<Assignment> {

        private static final long serialVersionUID = 1L;

        Info() {
            super(Assignment.class, INSTANCE);
        }
    }

    /** Found by Flink through the annotation on {@link Assignment}. */
    public static final class Factory extends TypeInfoFactory<Assignment> {
        @Override
        public TypeInformation<Assignment> createTypeInfo(
                Type type, Map<String, TypeInformation<?>> genericParameters) {
            return new Info();
        }
    }
}
