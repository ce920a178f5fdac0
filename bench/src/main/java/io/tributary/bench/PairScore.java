package io.tributary.bench;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How well a partition agrees with the truth, over all pairs of things.
 *
 * @param precision share of the pairs put together that belong together; 1 if there are none
 * @param recall share of the pairs that belong together that were put together
 */
record PairScore(double precision, double recall) {

    private record Both(String found, String truth) {}

    /**
     * @param found name of the group of each thing
     * @param truth name of the group that it belongs to, in the same order
     */
    static PairScore of(List<String> found, List<String> truth) {
        List<Both> both = new ArrayList<>(found.size());
        for (int i = 0; i < found.size(); i++) {
            both.add(new Both(found.get(i), truth.get(i)));
        }
        double right = pairs(both);
        double together = pairs(found);
        double belong = pairs(truth);
        return new PairScore(
                together == 0 ? 1 : right / together, belong == 0 ? 1 : right / belong);
    }

    private static double pairs(List<?> groups) {
        Map<Object, Long> sizes = new HashMap<>();
        groups.forEach(group -> sizes.merge(group, 1L, Long::sum));
        return sizes.values().stream().mapToDouble(size -> size * (size - 1) / 2.0).sum();
    }

    static PairScore mean(List<PairScore> scores) {
        return new PairScore(
                scores.stream().mapToDouble(PairScore::precision).average().orElseThrow(),
                scores.stream().mapToDouble(PairScore::recall).average().orElseThrow());
    }
}
