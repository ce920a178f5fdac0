package io.tributary.journey;

import io.tributary.event.CustomerEvent;
import io.tributary.event.Identifier;
import io.tributary.identity.Hop;
import io.tributary.identity.Hop.Rule;
import java.util.ArrayList;
import java.util.List;

/**
 * Folds the paths by which events came to a customer, in log order, into one {@link Reason} an
 * identifier and one a guard of an identifier.
 *
 * <p>So it is a function of the events and their paths, whatever the order they came in: an event
 * that goes takes its reasons with it.
 */
final class Explanation {

    /** Beyond it the reasons that no event gave for the longest time are left out. */
    static final int MOST_REASONS = 50;

    private Explanation() {}

    /**
     * @param reasons the one that was given last at the end
     * @param known identifiers that were seen before this event
     * @param path by which the event came: where a crowd turned it back, only the guards say why it
     *     is here; empty if it carries the customer's identifier
     */
    static List<Reason> with(
            List<Reason> reasons, List<String> known, CustomerEvent event, List<Hop> path) {
        List<Reason> all = reasons;
        if (event.identifiers().size() > 1) {
            for (Identifier identifier : event.identifiers()) {
                String key = identifier.key();
                if (!known.contains(key)) {
                    all = withCompanion(all, key, event, path);
                }
            }
        }
        boolean turnedBack = !path.isEmpty() && path.get(path.size() - 1).rule() == Rule.CROWD;
        for (Hop hop : path) {
            if (hop.rule().isGuard() || !turnedBack) {
                all = with(all, hop);
            }
        }
        return all;
    }

    /** An identifier that stood beside the one by which the event came. */
    private static List<Reason> withCompanion(
            List<Reason> reasons, String key, CustomerEvent event, List<Hop> path) {
        String beside = path.isEmpty() ? "" : path.get(0).from();
        Hop hop = new Hop(key, beside, Rule.TOGETHER, event.time(), event.id(), event.source());
        boolean isKnown = reasons.stream().anyMatch(reason -> reason.givesWayTo(hop));
        return isKnown || key.equals(beside) ? reasons : bounded(reasons, new Reason(hop, 0));
    }

    private static List<Reason> with(List<Reason> reasons, Hop hop) {
        List<Reason> others = new ArrayList<>(reasons.size() + 1);
        long events = 1;
        for (Reason reason : reasons) {
            if (reason.givesWayTo(hop)) {
                events += reason.events();
            } else {
                others.add(reason);
            }
        }
        return bounded(others, new Reason(hop, events));
    }

    private static List<Reason> bounded(List<Reason> reasons, Reason newest) {
        List<Reason> all = new ArrayList<>(reasons);
        all.add(newest);
        return List.copyOf(all.subList(Math.max(0, all.size() - MOST_REASONS), all.size()));
    }
}
