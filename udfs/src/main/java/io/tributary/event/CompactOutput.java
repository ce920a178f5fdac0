package io.tributary.event;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/**
 * Writes values that repeat themselves in few bytes: numbers with 7 bits a byte, negative ones
 * zigzag; a string the first time as length and UTF-8, or 16 bytes if it is hexadecimal, then as
 * its place in the order of first times. Read by {@link CompactInput}.
 */
public final class CompactOutput {

    /** Instead of a length: {@link HexBytes} follow. */
    static final int HEX = -1;

    static final int UUID = -2;

    /** What is before them comes first. */
    static final int KEY = -3;

    private static final int FIRST_SLOTS = 32;

    private final DataOutputView out;
    private final byte[] hex = new byte[HexBytes.LENGTH];
    private int count;

    /** Values that may come again, each at the slot of its hash or the next free one. */
    private @Nullable Object[] slots = {};

    /** Places by slot. */
    private int[] places = {};

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

    /** 4 bytes: a number that may as well be any other. */
    public void digest(int value) throws IOException {
        out.writeInt(value);
    }

    /** A string that is not expected again. */
    public void once(String value) throws IOException {
        if (HexBytes.pack(value, 0, hex)) {
            number(value.length() == HexBytes.UUID ? UUID : HEX);
            out.write(hex);
        } else if (isKey(value)) {
            number(KEY);
            string(value.substring(0, value.length() - HexBytes.DIGITS));
            out.write(hex);
        } else {
            bytes(value.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Of an identifier: its namespace, a colon, a keyed hash. */
    private boolean isKey(String value) {
        int digits = value.length() - HexBytes.DIGITS;
        return digits > 0 && value.charAt(digits - 1) == ':' && HexBytes.pack(value, digits, hex);
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
        int place = place(value);
        number(place);
        return place == 0;
    }

    /** From 1; 0 for a new one. */
    private int place(Object value) {
        if (2 * count >= slots.length) {
            grow();
        }
        int slot = slot(value);
        if (slots[slot] != null) {
            return places[slot];
        }
        count++;
        slots[slot] = value;
        places[slot] = count;
        return 0;
    }

    private int slot(Object value) {
        int last = slots.length - 1;
        int hash = value.hashCode();
        int slot = (hash ^ hash >>> 16) & last;
        for (Object at = slots[slot]; at != null; at = slots[slot]) {
            if (at == value || at.equals(value)) {
                return slot;
            }
            slot = (slot + 1) & last;
        }
        return slot;
    }

    private void grow() {
        @Nullable Object[] values = slots;
        int[] theirs = places;
        slots = new Object[Math.max(FIRST_SLOTS, 2 * values.length)];
        places = new int[slots.length];
        for (int i = 0; i < values.length; i++) {
            Object value = values[i];
            if (value != null) {
                int slot = slot(value);
                slots[slot] = value;
                places[slot] = theirs[i];
            }
        }
    }
}
