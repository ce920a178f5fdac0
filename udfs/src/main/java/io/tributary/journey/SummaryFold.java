package io.tributary.journey;

import io.tributary.event.CustomerEvent;
import io.tributary.event.Identifier;
import io.tributary.identity.Hop;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Folds events, in log order, into a {@link CustomerSummary}. */
public final class SummaryFold {

    /** How many touchpoints a summary shows. */
    public static final int TOUCHPOINTS = 10;

    /** The event type that carries a customer's consent. */
    public static final String CONSENT = "consent_updated";

    /** By journey. */
    private final List<JourneyTracker> trackers;

    public SummaryFold(JourneyCatalog journeys) {
        trackers =
                journeys.journeys().stream()
                        .sorted(Comparator.comparing(JourneyDefinition::id))
                        .map(JourneyTracker::new)
                        .toList();
    }

    /**
     * Folds events that carry the customer's identifier themselves.
     *
     * @param from what was known before the first of {@code events}
     * @param events sorted by (time, id)
     */
    public CustomerSummary fold(CustomerSummary from, List<CustomerEvent> events) {
        return fold(from, events, Map.of());
    }

    /**
     * @param from what was known before the first of {@code events}
     * @param events sorted by (time, id)
     * @param paths by which events came to the customer, by event id; those without one carry the
     *     customer's identifier themselves
     */
    public CustomerSummary fold(
            CustomerSummary from, List<CustomerEvent> events, Map<String, List<Hop>> paths) {
        if (events.isEmpty()) {
            return from;
        }
        Visits visits = new Visits(from.visits());
        List<String> identifiers = from.identifiers();
        List<Reason> reasons = from.reasons();
        List<JourneyState> states = from.states();
        List<CustomerEvent> consents = from.consents();
        long switches = from.channelSwitches();
        @Nullable String channel =
                from.touchpoints().isEmpty() ? null : from.touchpoints().get(0).channel();
        for (CustomerEvent event : events) {
            List<String> known = identifiers;
            identifiers = with(identifiers, event);
            List<Hop> path =
                    paths.isEmpty() ? List.of() : paths.getOrDefault(event.id(), List.of());
            if (!path.isEmpty() || known != identifiers) {
                reasons = Explanation.with(reasons, known, event, path);
            }
            if (channel != null && !channel.equals(event.channel())) {
                switches++;
            }
            channel = event.channel();
            states = after(states, event, visits);
            if (event.type().equals(CONSENT)) {
                consents = replaced(consents, event);
            }
        }
        return new CustomerSummary(
                identifiers,
                reasons,
                states,
                visits.toList(),
                lastTouchpoints(from, events),
                switches,
                consents,
                events.get(events.size() - 1).time());
    }

    /** The states after an event; those of journeys that are not defined any more stay. */
    private List<JourneyState> after(List<JourneyState> from, CustomerEvent event, Visits visits) {
        List<JourneyState> states = from;
        int place = 0;
        for (JourneyTracker tracker : trackers) {
            place = place(states, place, tracker.journey());
            JourneyState before = null;
            if (place < states.size() && states.get(place).journey().equals(tracker.journey())) {
                before = states.get(place);
            }
            JourneyState after = tracker.after(before, event, visits);
            if (after != null && after != before) {
                List<JourneyState> changed = new ArrayList<>(states);
                if (before == null) {
                    changed.add(place, after);
                } else {
                    changed.set(place, after);
                }
                states = Collections.unmodifiableList(changed);
            }
        }
        return states;
    }

    /** The place, from {@code from} on, of the first journey that does not come before this one. */
    private static int place(List<JourneyState> sorted, int from, String journey) {
        int place = from;
        while (place < sorted.size() && isBefore(sorted.get(place).journey(), journey)) {
            place++;
        }
        return place;
    }

    private static boolean isBefore(String one, String other) {
        return !one.equals(other) && one.compareTo(other) < 0;
    }

    private static List<String> with(List<String> identifiers, CustomerEvent event) {
        List<String> all = identifiers;
        for (Identifier identifier : event.identifiers()) {
            if (!isAmong(all, identifier)) {
                List<String> longer = new ArrayList<>(all);
                longer.add(identifier.key());
                Collections.sort(longer);
                all = Collections.unmodifiableList(longer);
            }
        }
        return all;
    }

    private static boolean isAmong(List<String> keys, Identifier identifier) {
        for (String key : keys) {
            if (identifier.hasKey(key)) {
                return true;
            }
        }
        return false;
    }

    private static List<Touchpoint> lastTouchpoints(
            CustomerSummary from, List<CustomerEvent> events) {
        int newer = Math.min(TOUCHPOINTS, events.size());
        int older = Math.min(TOUCHPOINTS - newer, from.touchpoints().size());
        Touchpoint[] last = new Touchpoint[newer + older];
        // moved as arrays: a list would be asked for each of them through all that wraps it
        System.arraycopy(from.touchpoints().toArray(last), 0, last, newer, older);
        for (int i = 0; i < newer; i++) {
            last[i] = Touchpoint.of(events.get(events.size() - 1 - i));
        }
        return Collections.unmodifiableList(Arrays.asList(last));
    }

    /** A newer word on the same purpose and channel takes the place of the older one. */
    private static List<CustomerEvent> replaced(List<CustomerEvent> consents, CustomerEvent event) {
        List<CustomerEvent> newest = new ArrayList<>(consents);
        newest.removeIf(older -> about(older).equals(about(event)));
        newest.add(event);
        return List.copyOf(newest);
    }

    private static String about(CustomerEvent consent) {
        return consent.property("purpose").map(Object::toString).orElse("")
                + '\u001f'
                + consent.property("channel").map(Object::toString).orElse("");
    }
}
