package io.tributary.journey;

import io.tributary.event.CustomerEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Moves one customer through one journey, event by event in log order. */
public final class JourneyTracker {

    private final JourneyDefinition journey;

    /** Event type to the stages it enters, in order. */
    private final Map<String, List<Integer>> entering = new HashMap<>();

    private final Map<String, Integer> positions = new HashMap<>();
    private final long expires;

    public JourneyTracker(JourneyDefinition journey) {
        this.journey = journey;
        this.expires = journey.expires().toMillis();
        for (int i = 0; i < journey.stages().size(); i++) {
            StageDefinition stage = journey.stages().get(i);
            positions.put(stage.id(), i);
            for (String type : stage.enterOn()) {
                entering.computeIfAbsent(type, t -> new ArrayList<>()).add(i);
            }
        }
    }

    String journey() {
        return journey.id();
    }

    /**
     * @param before where the customer stood; null if the journey never began
     * @param visits receives a visit that was left and one that was entered; an open visit of this
     *     journey, if there is one, is replaced by its closed form
     * @return where the customer stands after {@code event}; null if the journey still has not
     *     begun
     */
    @Nullable JourneyState after(
            @Nullable JourneyState before, CustomerEvent event, Visits visits) {
        JourneyState current = before == null || isOver(before, event.time()) ? null : before;
        if (current == null && before != null && !before.ended()) {
            // it ran out: the customer was last there when last seen, not now
            close(before, before.seenAt(), visits);
        }
        if (current != null && journey.endOn().contains(event.type())) {
            close(current, event.time(), visits);
            return current.end(event.time());
        }
        StageDefinition entered = entered(current, event.type());
        if (entered == null) {
            return afterOther(before, current, event);
        }
        if (current != null) {
            close(current, event.time(), visits);
        }
        visits.enter(
                new StageVisit(
                        journey.id(),
                        entered.id(),
                        event.time(),
                        entered.goal() ? event.time() : StageVisit.STILL_THERE));
        return new JourneyState(
                journey.id(),
                entered.id(),
                current == null ? event.time() : current.begunAt(),
                event.time(),
                event.time(),
                entered.goal(),
                entered.goal());
    }

    private @Nullable JourneyState afterOther(
            @Nullable JourneyState before, @Nullable JourneyState current, CustomerEvent event) {
        if (current != null) {
            return entering.containsKey(event.type()) ? current.seen(event.time()) : current;
        }
        return before == null || before.ended() ? before : before.end(before.seenAt());
    }

    private boolean isOver(JourneyState state, long now) {
        return state.ended() || now - state.seenAt() > expires;
    }

    private @Nullable StageDefinition entered(@Nullable JourneyState current, String type) {
        List<Integer> stages = entering.get(type);
        if (stages == null) {
            return null;
        }
        int from = current == null ? -1 : positions.getOrDefault(current.stage(), -1);
        for (int i : stages) {
            StageDefinition stage = journey.stages().get(i);
            if (i > from || (stage.reenter() && i < from)) {
                return stage;
            }
        }
        return null;
    }

    private static void close(JourneyState state, long time, Visits visits) {
        visits.close(state.journey(), time);
    }
}
