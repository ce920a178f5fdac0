package io.tributary.journey;

import io.tributary.event.CustomerEvent;
import io.tributary.event.Identifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Folds events, in log order, into a {@link CustomerSummary}. */
public final class SummaryFold {

    /** How many touchpoints a summary shows. */
    public static final int TOUCHPOINTS = 10;

    /** The event type that carries a customer's consent. */
    public static final String CONSENT = "consent_updated";

    private final Map<String, JourneyTracker> trackers = new TreeMap<>();

    public SummaryFold(JourneyCatalog journeys) {
        journeys.journeys()
                .forEach(journey -> trackers.put(journey.id(), new JourneyTracker(journey)));
    }

    /**
     * @param from what was known before the first of {@code events}
     * @param events sorted by (time, id)
     */
    public CustomerSummary fold(CustomerSummary from, List<CustomerEvent> events) {
        if (events.isEmpty()) {
            return from;
        }
        TreeSet<String> identifiers = new TreeSet<>(from.identifiers());
        TreeMap<String, JourneyState> states = new TreeMap<>();
        from.states().forEach(state -> states.put(state.journey(), state));
        List<StageVisit> visits = new ArrayList<>(from.visits());
        List<CustomerEvent> consents = new ArrayList<>(from.consents());
        long switches = from.channelSwitches();
        @Nullable String channel =
                from.touchpoints().isEmpty() ? null : from.touchpoints().get(0).channel();
        for (CustomerEvent event : events) {
            for (Identifier identifier : event.identifiers()) {
                identifiers.add(identifier.key());
            }
            trackers.forEach(
                    (journey, tracker) -> {
                        JourneyState after = tracker.after(states.get(journey), event, visits);
                        if (after != null) {
                            states.put(journey, after);
                        }
                    });
            if (channel != null && !channel.equals(event.channel())) {
                switches++;
            }
            channel = event.channel();
            if (event.type().equals(CONSENT)) {
                replaceConsent(consents, event);
            }
        }
        return new CustomerSummary(
                List.copyOf(identifiers),
                List.copyOf(states.values()),
                List.copyOf(visits),
                lastTouchpoints(from, events),
                switches,
                List.copyOf(consents),
                events.get(events.size() - 1).time());
    }

    private static List<Touchpoint> lastTouchpoints(
            CustomerSummary from, List<CustomerEvent> events) {
        List<Touchpoint> last = new ArrayList<>();
        for (int i = events.size() - 1; i >= 0 && last.size() < TOUCHPOINTS; i--) {
            last.add(Touchpoint.of(events.get(i)));
        }
        for (int i = 0; i < from.touchpoints().size() && last.size() < TOUCHPOINTS; i++) {
            last.add(from.touchpoints().get(i));
        }
        return List.copyOf(last);
    }

    /** A newer word on the same purpose and channel takes the place of the older one. */
    private static void replaceConsent(List<CustomerEvent> consents, CustomerEvent event) {
        consents.removeIf(older -> about(older).equals(about(event)));
        consents.add(event);
    }

    private static String about(CustomerEvent consent) {
        return consent.property("purpose").map(Object::toString).orElse("")
                + '\u001f'
                + consent.property("channel").map(Object::toString).orElse("");
    }
}
