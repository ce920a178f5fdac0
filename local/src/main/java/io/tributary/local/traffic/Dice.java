package io.tributary.local.traffic;

import java.util.List;

/**
 * Seeded random numbers by SplitMix64 (Steele, Lea, Flood 2014). Written out because the numbers
 * must stay the same on every Java version: files are compared byte by byte.
 */
final class Dice {

    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private long state;

    private Dice(long state) {
        this.state = state;
    }

    /** The stream numbered {@code stream} of {@code seed}; streams are independent. */
    static Dice of(long seed, long stream) {
        return new Dice(mix(mix(seed + GOLDEN_GAMMA) ^ mix(stream * GOLDEN_GAMMA + 1)));
    }

    /** A bijection on 64 bits in which each input bit changes half of the output bits. */
    static long mix(long z) {
        long x = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        x = (x ^ (x >>> 27)) * 0x94D049BB133111EBL;
        return x ^ (x >>> 31);
    }

    private long next() {
        state += GOLDEN_GAMMA;
        return mix(state);
    }

    /** Uniform in [0, 1). */
    double fraction() {
        return (next() >>> 11) * 0x1.0p-53;
    }

    boolean chance(double probability) {
        return fraction() < probability;
    }

    /** Uniform in [from, to], both included. */
    long between(long from, long to) {
        return from + (long) (fraction() * (to - from + 1));
    }

    int below(int bound) {
        return (int) between(0, bound - 1);
    }

    <T> T pick(List<T> from) {
        return from.get(below(from.size()));
    }

    /** Lower-case hexadecimal digits. */
    String hex(int digits) {
        StringBuilder text = new StringBuilder();
        while (text.length() < digits) {
            text.append(String.format("%016x", next()));
        }
        return text.substring(0, digits);
    }
}
