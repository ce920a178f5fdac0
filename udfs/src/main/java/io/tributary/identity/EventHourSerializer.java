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
 * The bytes of an {@link EventHour}. The first byte is the layout's version; version 1: whether it
 * is busy, then the events by {@link HeldBytes}.
 */
final class EventHourSerializer extends FlatSerializer<EventHour> {

    private static final long serialVersionUID = 1L;
    private static final byte VERSION_1 = 1;

    static final EventHourSerializer INSTANCE = new EventHourSerializer();

    @Override
    public EventHour createInstance() {
        return EventHour.NONE;
    }

    @Override
    public void serialize(EventHour value, DataOutputView view) throws IOException {
        view.writeByte(VERSION_1);
        CompactOutput out = new CompactOutput(view);
        out.number(value.busy() ? 1 : 0);
        out.number(value.events().size());
        EventHour.Held last = null;
        for (EventHour.Held held : value.events()) {
            HeldBytes.write(held, last, out);
            last = held;
        }
    }

    @Override
    public EventHour deserialize(DataInputView view) throws IOException {
        IdentityBytes.version(VERSION_1, view, "events of an hour");
        CompactInput in = new CompactInput(view);
        boolean busy = in.number() == 1;
        int count = in.count();
        List<EventHour.Held> events = new ArrayList<>(count);
        EventHour.Held last = null;
        for (int i = 0; i < count; i++) {
            last = HeldBytes.read(in, last);
            events.add(last);
        }
        return new EventHour(busy, events);
    }

    @Override
    public TypeSerializerSnapshot<EventHour> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Nothing to configure; the layout version is in each value. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<EventHour> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }

    /** Its type. */
    static final class Info extends FlatTypeInfo<EventHour> {

        private static final long serialVersionUID = 1L;

        Info() {
            super(EventHour.class, INSTANCE);
        }
    }

    /** Found by Flink through the annotation on {@link EventHour}. */
    public static final class Factory extends TypeInfoFactory<EventHour> {
        @Override
        public TypeInformation<EventHour> createTypeInfo(
                Type type, Map<String, TypeInformation<?>> genericParameters) {
            return new Info();
        }
    }
}
