package io.tributary.pattern;

import io.tributary.event.CustomerEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns the events of a match into the match: its id and its times depend on nothing else. */
final class MatchMaker {

    private final PatternDefinition definition;
    private final List<String> stepNames;
    private final boolean absent;
    private final boolean lastIsNotNext;

    MatchMaker(PatternDefinition definition) {
        this.definition = definition;
        this.stepNames = definition.positiveSteps().stream().map(Step::name).toList();
        this.absent = definition.endsWithAbsence();
        this.lastIsNotNext = definition.last().contiguity() == Contiguity.NOT_NEXT;
    }

    /** Whether the time of a match depends on the event after its last one. */
    boolean needsNextEvent() {
        return lastIsNotNext;
    }

    /**
     * @param taken step name to events
     * @param seen the events that were stepped, sorted, where {@link #needsNextEvent}
     */
    Match match(Map<String, List<CustomerEvent>> taken, List<CustomerEvent> seen) {
        LinkedHashMap<String, List<String>> ids = new LinkedHashMap<>();
        @Nullable CustomerEvent first = null;
        @Nullable CustomerEvent last = null;
        for (String step : stepNames) {
            List<CustomerEvent> events = new ArrayList<>(taken.getOrDefault(step, List.of()));
            events.sort(CustomerEvent.BY_TIME_THEN_ID);
            for (CustomerEvent event : events) {
                first = first == null || isBefore(event, first) ? event : first;
                last = last == null || isBefore(last, event) ? event : last;
            }
            if (!events.isEmpty()) {
                ids.put(step, events.stream().map(CustomerEvent::id).toList());
            }
        }
        if (first == null || last == null) {
            throw new IllegalStateException("a match without events: " + taken);
        }
        long end = absent ? deadline(first.time(), last.time()) : last.time();
        return new Match(
                MatchId.of(definition.id(), ids),
                definition.id(),
                definition.version(),
                lastIsNotNext ? timeAfter(last, seen) : end,
                first.time(),
                end,
                ids);
    }

    private long deadline(long first, long last) {
        Duration absence = definition.absence();
        return absence == null ? first + definition.within().toMillis() : last + absence.toMillis();
    }

    /** A closing notNext is certain with the next event, which is not part of the match. */
    private static long timeAfter(CustomerEvent last, List<CustomerEvent> seen) {
        for (int i = seen.size() - 2; i >= 0; i--) {
            if (seen.get(i).id().equals(last.id())) {
                return seen.get(i + 1).time();
            }
        }
        return last.time();
    }

    private static boolean isBefore(CustomerEvent a, CustomerEvent b) {
        return CustomerEvent.BY_TIME_THEN_ID.compare(a, b) < 0;
    }
}
