package io.tributary.event;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Names that are hexadecimal digits, in half the bytes: 32 lower-case digits, as keyed hashes are
 * written, or a UUID in its usual form (RFC 9562: 8-4-4-4-12 lower-case digits).
 */
final class HexBytes {

    /** Bytes that either form takes. */
    static final int LENGTH = 16;

    static final int DIGITS = 32;
    static final int UUID = 36;

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] VALUES = new byte[128];

    static {
        Arrays.fill(VALUES, (byte) -1);
        for (byte value = 0; value < HEX.length; value++) {
            VALUES[HEX[value]] = value;
        }
    }

    private HexBytes() {}

    /**
     * @param from where in {@code name} the digits begin; they go on to its end
     * @param into receives {@link #LENGTH} bytes
     * @return whether they have one of the two forms; if not, {@code into} holds anything
     */
    static boolean pack(String name, int from, byte[] into) {
        int length = name.length() - from;
        boolean dashes = length == UUID;
        if (!dashes && length != DIGITS) {
            return false;
        }
        int at = from;
        for (int i = 0; i < LENGTH; i++) {
            if (dashes && isAfterDash(i)) {
                if (name.charAt(at) != '-') {
                    return false;
                }
                at++;
            }
            int high = value(name.charAt(at));
            int low = value(name.charAt(at + 1));
            if ((high | low) < 0) {
                return false;
            }
            into[i] = (byte) (high << 4 | low);
            at += 2;
        }
        return true;
    }

    private static boolean isAfterDash(int i) {
        return i == 4 || i == 6 || i == 8 || i == 10;
    }

    private static int value(char digit) {
        return digit < VALUES.length ? VALUES[digit] : -1;
    }

    /**
     * @param packed {@link #LENGTH} bytes
     * @param uuid which of the two forms
     */
    @SuppressWarnings("deprecation") // the bytes are ASCII: nothing has to be decoded
    static String unpack(byte[] packed, boolean uuid) {
        byte[] name = new byte[uuid ? UUID : DIGITS];
        int at = 0;
        for (int i = 0; i < LENGTH; i++) {
            if (uuid && isAfterDash(i)) {
                name[at++] = '-';
            }
            name[at++] = HEX[packed[i] >> 4 & 0xF];
            name[at++] = HEX[packed[i] & 0xF];
        }
        return new String(name, 0);
    }
}
