package io.tributary.erasure;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** The erasures that are in force, by identifier. */
public final class Erasures {

    private final Map<String, long[]> untils = new HashMap<>();

    public void add(Erasure erasure) {
        untils.merge(erasure.key(), new long[] {erasure.until()}, Erasures::sorted);
    }

    private static long[] sorted(long[] known, long[] more) {
        long[] all = Arrays.copyOf(known, known.length + 1);
        all[known.length] = more[0];
        Arrays.sort(all);
        return all;
    }

    public boolean isEmpty() {
        return untils.isEmpty();
    }

    /** Whether what belonged to an identifier at a time is gone. */
    public boolean covers(String key, long time) {
        if (untils.isEmpty()) {
            return false;
        }
        long[] all = untils.get(key);
        return all != null && time <= all[all.length - 1];
    }

    /**
     * Time of the first request at or after {@code time}; only if {@link #covers} says that there
     * is one.
     */
    public long firstAfter(String key, long time) {
        for (long until : untils.getOrDefault(key, new long[0])) {
            if (until >= time) {
                return until;
            }
        }
        throw new IllegalArgumentException("nothing erases " + key + " at " + time);
    }

    /** Time of the last request; {@link Long#MIN_VALUE} if there is none. */
    public long last(String key) {
        long[] all = untils.get(key);
        return all == null ? Long.MIN_VALUE : all[all.length - 1];
    }
}
