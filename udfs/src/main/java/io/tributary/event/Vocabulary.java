package io.tributary.event;

import java.nio.charset.StandardCharsets;

/**
 * Names that come again and again, such as event types and channels: whoever reads one gets the
 * same object as the one before, which takes no room, knows its hash and is compared at once: the
 * interned one, so that it is also that of a definition that interns its names.
 *
 * <p>A table of fixed size in which a newer name takes the place of another. Threads share it
 * without a lock: the worst that can happen is that a name is made once more.
 */
final class Vocabulary {

    private static final int PLACES = 1 << 12;
    private static final int LONGEST = 64;
    private static final String[] NAMES = new String[PLACES];

    private Vocabulary() {}

    /**
     * @param utf8 the whole name
     */
    static String name(byte[] utf8) {
        if (utf8.length > LONGEST) {
            return new String(utf8, StandardCharsets.UTF_8);
        }
        int hash = utf8.length;
        for (byte next : utf8) {
            if (next < 0) {
                return new String(utf8, StandardCharsets.UTF_8);
            }
            hash = 31 * hash + next;
        }
        int place = (hash ^ hash >>> 15) & PLACES - 1;
        String known = NAMES[place];
        if (known != null && isSame(known, utf8)) {
            return known;
        }
        String name = new String(utf8, StandardCharsets.ISO_8859_1).intern();
        NAMES[place] = name;
        return name;
    }

    private static boolean isSame(String name, byte[] ascii) {
        if (name.length() != ascii.length) {
            return false;
        }
        for (int i = 0; i < ascii.length; i++) {
            if (name.charAt(i) != ascii[i]) {
                return false;
            }
        }
        return true;
    }
}
