package io.tributary.event;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Writes values that repeat themselves in few bytes: numbers with 7 bits a byte, negative ones
 * zigzag; a string the first time as length and UTF-8, then as its place in the order of first
 * times. Read by {@link CompactInput}.
 */
public final class CompactOutput {

    private final DataOutputView out;
    private final Map<Object, Integer> places = new HashMap<>();

    public CompactOutput(DataOutputView out) {
        this.out = out;
    }

    public void number(long value) throws IOException {
        long rest = (value << 1) ^ (value >> 63);
        while ((rest & ~0x7FL) != 0) {
            out.writeByte((int) (rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        out.writeByte((int) rest);
    }

    public void bytes(byte[] bytes) throws IOException {
        number(bytes.length);
        out.write(bytes);
    }

    /** A string that is not expected again. */
    public void once(String value) throws IOException {
        bytes(value.getBytes(StandardCharsets.UTF_8));
    }

    /** A string that may come again. */
    public void string(String value) throws IOException {
        if (isNew(value)) {
            once(value);
        }
    }

    public void identifier(Identifier identifier) throws IOException {
        if (isNew(identifier)) {
            string(identifier.namespace());
            once(identifier.value());
            byte[] sealed = identifier.sealed();
            number(sealed == null ? -1 : sealed.length);
            if (sealed != null) {
                out.write(sealed);
            }
        }
    }

    /**
     * @param base a time that the event's lies near to
     */
    public void event(CustomerEvent event, long base) throws IOException {
        once(event.id());
        string(event.type());
        string(event.channel());
        string(event.source());
        number(event.time() - base);
        number(event.originalTime() - event.time());
        number(event.receivedTime() - event.time());
        number(event.identifiers().size());
        for (Identifier identifier : event.identifiers()) {
            identifier(identifier);
        }
        bytes(event.propertiesJson());
    }

    /** Writes the place, and 0 if it is a new one. */
    private boolean isNew(Object value) throws IOException {
        Integer place = places.putIfAbsent(value, places.size() + 1);
        number(place == null ? 0 : place);
        return place == null;
    }
}
