package io.tributary.event;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;

/** Reads what {@link CompactOutput} wrote. */
public final class CompactInput {

    private final DataInputView in;
    private final List<Object> places = new ArrayList<>(0);

    public CompactInput(DataInputView in) {
        this.in = in;
    }

    public long number() throws IOException {
        long bits = 0;
        int shift = 0;
        byte next;
        do {
            next = in.readByte();
            bits |= (next & 0x7FL) << shift;
            shift += 7;
        } while (next < 0);
        return (bits >>> 1) ^ -(bits & 1);
    }

    public int count() throws IOException {
        return (int) number();
    }

    public byte[] bytes() throws IOException {
        return bytes(count());
    }

    private byte[] bytes(int length) throws IOException {
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return bytes;
    }

    public int digest() throws IOException {
        return in.readInt();
    }

    public String once() throws IOException {
        int length = count();
        return length < 0 ? hex(length) : new String(bytes(length), StandardCharsets.UTF_8);
    }

    private String hex(int form) throws IOException {
        String before = form == CompactOutput.KEY ? string() : "";
        String digits = HexBytes.unpack(bytes(HexBytes.LENGTH), form == CompactOutput.UUID);
        return before.isEmpty() ? digits : before + digits;
    }

    /** What was written as {@link CompactOutput#once}, if many values share it. */
    public String name() throws IOException {
        int length = count();
        return length < 0 ? hex(length) : Vocabulary.name(bytes(length));
    }

    public String string() throws IOException {
        int place = count();
        if (place > 0) {
            return (String) places.get(place - 1);
        }
        int own = reserve();
        String value = name();
        places.set(own, value);
        return value;
    }

    public Identifier identifier() throws IOException {
        int place = count();
        if (place > 0) {
            return (Identifier) places.get(place - 1);
        }
        int own = reserve();
        String namespace = string();
        String value = once();
        int sealed = count();
        Identifier identifier = new Identifier(namespace, value, sealed < 0 ? null : bytes(sealed));
        places.set(own, identifier);
        return identifier;
    }

    /**
     * @param base as written
     */
    public CustomerEvent event(long base) throws IOException {
        String id = once();
        String type = string();
        String channel = string();
        String source = string();
        long time = base + number();
        long originalTime = time + number();
        long receivedTime = time + number();
        int count = count();
        List<Identifier> identifiers = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            identifiers.add(identifier());
        }
        return new CustomerEvent(
                id, type, time, originalTime, receivedTime, channel, source, identifiers, bytes());
    }

    private int reserve() {
        places.add("");
        return places.size() - 1;
    }
}
