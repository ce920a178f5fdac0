package io.tributary.bench;

import java.util.Map;
import java.util.TreeMap;

/**
 * What stands of the matches found since {@link EngineTraffic#LIVE}, by definition: how many, and
 * the sum of their ids as numbers, which no order changes.
 */
final class MatchSet {

    private static final int HEX_DIGITS = 15; // of an id, as many as fit a long without its sign
    private static final int HEX = 16;

    private final TreeMap<String, Standing> byDefinition = new TreeMap<>();

    private record Standing(long count, long hash) {}

    /**
     * @param sign +1 found, -1 taken back
     * @param start time of the match's first event
     */
    void add(String definition, String id, int sign, long start) {
        if (start >= EngineTraffic.LIVE) {
            long hash = Long.parseLong(id, 0, HEX_DIGITS, HEX);
            byDefinition.merge(
                    definition,
                    new Standing(sign, sign * hash),
                    (a, b) -> new Standing(a.count() + b.count(), a.hash() + b.hash()));
        }
    }

    long count() {
        return byDefinition.values().stream().mapToLong(Standing::count).sum();
    }

    private Map<String, Standing> standing() {
        TreeMap<String, Standing> standing = new TreeMap<>(byDefinition);
        standing.values().removeIf(value -> value.equals(new Standing(0, 0)));
        return standing;
    }

    boolean isSameAs(MatchSet other) {
        return standing().equals(other.standing());
    }

    @Override
    public String toString() {
        return standing().toString();
    }
}
