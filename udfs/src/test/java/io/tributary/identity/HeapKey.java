package io.tributary.identity;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.jspecify.annotations.Nullable;

/** The state of one identifier on the heap; a restart writes and reads it. */
final class HeapKey implements KeyState {

    private static final TypeSerializer<KeyIndex> INDEX = serializer(KeyIndex.class);
    private static final TypeSerializer<EntryDay> ENTRIES = serializer(EntryDay.class);
    private static final TypeSerializer<EventHour> EVENTS = serializer(EventHour.class);

    private @Nullable KeyIndex index;
    final Map<Long, EntryDay> entries = new TreeMap<>();
    final Map<Long, EventHour> events = new TreeMap<>();

    private static <T> TypeSerializer<T> serializer(Class<T> type) {
        SerializerConfigImpl config = new SerializerConfigImpl();
        config.setGenericTypes(false);
        return TypeInformation.of(type).createSerializer(config);
    }

    private static <T> T copy(TypeSerializer<T> serializer, T value) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(256);
        serializer.serialize(value, out);
        return serializer.deserialize(new DataInputDeserializer(out.getCopyOfBuffer()));
    }

    void restart() throws IOException {
        if (index != null) {
            index = copy(INDEX, index);
        }
        for (Map.Entry<Long, EntryDay> day : entries.entrySet()) {
            day.setValue(copy(ENTRIES, day.getValue()));
        }
        for (Map.Entry<Long, EventHour> hour : events.entrySet()) {
            hour.setValue(copy(EVENTS, hour.getValue()));
        }
    }

    /** That somebody opted out is not forgotten. */
    private static List<KeyIndex.Choice> lastOut(List<KeyIndex.Choice> choices) {
        return choices.size() == 1 && choices.get(0).out() ? choices : List.of();
    }

    List<String> left(String key) {
        List<String> left = new ArrayList<>();
        if (index != null
                && !index.equals(
                        KeyIndex.EMPTY
                                .withAlias(index.alias(), index.aliasEntry())
                                .withChoices(lastOut(index.choices())))) {
            left.add(key + " " + index);
        }
        if (!entries.isEmpty() || !events.isEmpty()) {
            left.add(key + " " + entries + events);
        }
        return left;
    }

    @Override
    public @Nullable KeyIndex index() {
        return index;
    }

    @Override
    public void index(@Nullable KeyIndex value) {
        index = value;
    }

    @Override
    public @Nullable EntryDay entries(long day) {
        return entries.get(day);
    }

    @Override
    public void entries(long day, @Nullable EntryDay value) {
        if (value == null) {
            entries.remove(day);
        } else {
            entries.put(day, value);
        }
    }

    @Override
    public @Nullable EventHour events(long hour) {
        return events.get(hour);
    }

    @Override
    public void events(long hour, @Nullable EventHour value) {
        if (value == null) {
            events.remove(hour);
        } else {
            events.put(hour, value);
        }
    }
}
