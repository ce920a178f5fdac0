package io.tributary.metric;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Dimensions in order. Flink carries and stores maps without one, so records restore it. */
final class Dimensions {

    private Dimensions() {}

    static Map<String, String> sorted(Map<String, String> dimensions) {
        return dimensions instanceof SortedMap
                ? dimensions
                : Collections.unmodifiableSortedMap(new TreeMap<>(dimensions));
    }
}
