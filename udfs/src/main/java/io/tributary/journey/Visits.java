package io.tributary.journey;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Stays in stages while events are folded; the list they began from is copied only if it changes.
 */
final class Visits {

    private final List<StageVisit> from;
    private @Nullable List<StageVisit> changed;

    Visits(List<StageVisit> from) {
        this.from = from;
    }

    void enter(StageVisit visit) {
        changed().add(visit);
    }

    /** Closes the open visit of this journey, if there is one. */
    void close(String journey, long time) {
        List<StageVisit> now = changed == null ? from : changed;
        for (int i = now.size() - 1; i >= 0; i--) {
            StageVisit visit = now.get(i);
            if (!visit.isOver() && visit.journey().equals(journey)) {
                changed().set(i, visit.leave(time));
                return;
            }
        }
    }

    private List<StageVisit> changed() {
        List<StageVisit> copy = changed;
        if (copy == null) {
            copy = new ArrayList<>(from.size() + 2);
            copy.addAll(from);
            changed = copy;
        }
        return copy;
    }

    List<StageVisit> toList() {
        return changed == null ? from : Collections.unmodifiableList(changed);
    }
}
