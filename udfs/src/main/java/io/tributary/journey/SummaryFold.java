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
            if (event.type().equals(CONSENT)) {
                consents = replaced(consents, event);
            }
        }
        return new CustomerSummary(
                identifiers,
                reasons,
                states(from.states(), events, visits),
                visits.toList(),
                lastTouchpoints(from, events),
                switches,
                consents,
                events.get(events.size() - 1).time());
    }

    /** The states after the events; those of journeys that are not defined any more stay. */
    private List<JourneyState> states(
            List<JourneyState> from, List<CustomerEvent> events, Visits visits) {
        JourneyState[] states = new JourneyState[trackers.size()];
        List<JourneyState> undefined = List.of();
        for (JourneyState state : from) {
            int tracker = tracker(state.journey());
            if (tracker >= 0) {
                states[tracker] = state;
            } else {
                undefined = new ArrayList<>(undefined);
                undefined.add(state);
            }
        }
        boolean changed = false;
        for (CustomerEvent event : events) {
            for (int i = 0; i < states.length; i++) {
                JourneyState before = states[i];
                states[i] = trackers.get(i).after(before, event, visits);
                changed |= states[i] != before;
            }
        }
        return changed ? sorted(states, undefined) : from;
    }

    private static List<JourneyState> sorted(JourneyState[] states, List<JourneyState> undefined) {
        List<JourneyState> all = new ArrayList<>(undefined);
        for (JourneyState state : states) {
            if (state != null) {
                all.add(state);
            }
        }
        if (!undefined.isEmpty()) {
            all.sort(Comparator.comparing(JourneyState::journey));
        }
        return List.copyOf(all);
    }

    private int tracker(String journey) {
        for (int i = 0; i < trackers.size(); i++) {
            if (trackers.get(i).journey().equals(journey)) {
                return i;
            }
        }
        return -1;
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
        for (int i = 0; i < newer; i++) {
            last[i] = Touchpoint.of(events.get(events.size() - 1 - i));
        }
        for (int i = 0; i < older; i++) {
            last[newer + i] = from.touchpoints().get(i);
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
