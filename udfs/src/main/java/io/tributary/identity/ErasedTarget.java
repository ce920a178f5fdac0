package io.tributary.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What stands for a target that was erased: until when, and a hash of both identifiers. It tells
 * two erased customers of one device apart, which counting them and unlinking one of them needs,
 * and says neither who they were nor that another device was theirs.
 */
final class ErasedTarget {

    /** No namespace begins like that. */
    private static final String MARK = "~";

    private static final int HASH_BYTES = 8;

    private ErasedTarget() {}

    /**
     * @param identifier key of the one that the entry is about
     * @param target key of the one that was erased
     * @param until time of the request
     */
    static String of(String identifier, String target, long until) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest((identifier + "\n" + target).getBytes(StandardCharsets.UTF_8));
            return MARK + until + MARK + HexFormat.of().formatHex(hash, 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static boolean is(String target) {
        return target.startsWith(MARK);
    }

    /** Until when what belonged to it is gone; what comes later is nobody's by this. */
    static long until(String target) {
        return Long.parseLong(target.substring(1, target.indexOf(MARK, 1)));
    }
}
