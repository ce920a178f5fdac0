package io.tributary.pattern;

import java.util.ArrayList;
import java.util.List;

/** Makes a failing case small: leaves out one item after the other while it still fails. */
public final class Shrink {

    /** Whether a case still fails. */
    public interface Fails<T> {
        boolean test(List<T> items) throws Exception;
    }

    private Shrink() {}

    public static <T> List<T> smallest(List<T> failing, Fails<T> fails) throws Exception {
        List<T> smallest = new ArrayList<>(failing);
        for (int chunk = Math.max(1, failing.size() / 2); chunk >= 1; chunk /= 2) {
            boolean smaller = true;
            while (smaller) {
                smaller = false;
                for (int i = smallest.size() - chunk; i >= 0; i--) {
                    List<T> without = new ArrayList<>(smallest);
                    without.subList(i, i + chunk).clear();
                    if (!without.isEmpty() && fails.test(without)) {
                        smallest = without;
                        smaller = true;
                        i = Math.min(i, smallest.size() - chunk + 1);
                    }
                }
            }
        }
        return smallest;
    }
}
