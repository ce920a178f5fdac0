package io.tributary.customer;

import io.tributary.journey.StageVisit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Stays in stages that one reading of a customer's log has and an earlier one had not, and the
 * reverse. A stay that was still going on and has ended is one gone and one come.
 *
 * @param gone no longer there
 * @param come newly there
 */
public record StageChange(List<StageVisit> gone, List<StageVisit> come) {

    /** Null if both readings are the same. */
    static @Nullable StageChange between(List<StageVisit> before, List<StageVisit> after) {
        if (before == after) {
            return null;
        }
        int same = 0;
        int shorter = Math.min(before.size(), after.size());
        while (same < shorter && Objects.equals(before.get(same), after.get(same))) {
            same++;
        }
        List<StageVisit> restBefore = before.subList(same, before.size());
        List<StageVisit> restAfter = after.subList(same, after.size());
        List<StageVisit> gone = without(restBefore, restAfter);
        List<StageVisit> come = without(restAfter, restBefore);
        return gone.isEmpty() && come.isEmpty() ? null : new StageChange(gone, come);
    }

    private static List<StageVisit> without(List<StageVisit> all, List<StageVisit> others) {
        if (all.isEmpty() || others.isEmpty()) {
            return List.copyOf(all);
        }
        Map<StageVisit, Integer> left = new HashMap<>();
        others.forEach(visit -> left.merge(visit, 1, Integer::sum));
        return all.stream().filter(visit -> left.merge(visit, -1, Integer::sum) < 0).toList();
    }
}
