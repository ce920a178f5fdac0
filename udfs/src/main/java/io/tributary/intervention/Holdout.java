package io.tributary.intervention;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Draws identifiers into the control group. The draw is a function of identifier and definition, so
 * it is the same in every run, and independent between definitions.
 */
final class Holdout {

    /** U+001F: occurs in neither id, so no two pairs hash the same text. */
    private static final char UNIT_SEPARATOR = 0x1F;

    /** A double holds 53 bits exactly. */
    private static final int BITS = 53;

    private Holdout() {}

    /**
     * @param share 0 for nobody to 1 for everybody
     */
    static Arm arm(String identifier, String pattern, double share) {
        return fraction(identifier, pattern) < share ? Arm.HOLDOUT : Arm.TREATMENT;
    }

    /** The first 53 bits of SHA-256(identifier, U+001F, pattern) as a fraction in [0, 1). */
    static double fraction(String identifier, String pattern) {
        byte[] text = (identifier + UNIT_SEPARATOR + pattern).getBytes(StandardCharsets.UTF_8);
        byte[] hash = sha256(text);
        long bits = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            bits = bits << Byte.SIZE | (hash[i] & 0xFF);
        }
        return (bits >>> (Long.SIZE - BITS)) / (double) (1L << BITS);
    }

    private static byte[] sha256(byte[] text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
