package io.tributary.pattern;

import io.tributary.event.CustomerEvent;
import io.tributary.pattern.CelProgram.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A condition of one definition. What cannot be evaluated, because a property is missing or not of
 * its type, is false and counted.
 */
final class CelCondition {

    /** The events that the match has so far. */
    interface Matched {
        Iterable<CustomerEvent> of(String step) throws Exception;
    }

    private final CelProgram program;
    private final Map<String, Boolean> steps;
    private long failures;
    private @Nullable CustomerEvent lastFailed;

    /**
     * @param steps the steps that the condition names, and whether each is a list
     */
    CelCondition(CelProgram program, Map<String, Boolean> steps) {
        this.program = program;
        this.steps = steps;
    }

    /** How often it could not be evaluated. */
    long failures() {
        return failures;
    }

    /** Whether it looks at nothing but the event. */
    boolean isAboutEventOnly() {
        return steps.isEmpty();
    }

    boolean holds(CustomerEvent event, Matched matched) throws Exception {
        if (steps.isEmpty()) {
            return holds(event);
        }
        Map<String, Object> named = new HashMap<>();
        for (Map.Entry<String, Boolean> step : steps.entrySet()) {
            named.put(step.getKey(), events(matched.of(step.getKey()), step.getValue()));
        }
        Outcome outcome = program.evaluate(event, named);
        if (outcome == Outcome.FAILED) {
            failures++;
        }
        return outcome == Outcome.TRUE;
    }

    /** Only if it {@link #isAboutEventOnly}. */
    @SuppressWarnings("ReferenceEquality") // the same event again, not an equal one
    boolean holds(CustomerEvent event) {
        Outcome outcome = program.evaluate(event);
        if (outcome == Outcome.FAILED && lastFailed != event) {
            lastFailed = event;
            failures++;
        }
        return outcome == Outcome.TRUE;
    }

    private Object events(Iterable<CustomerEvent> events, boolean list) {
        List<EventView> views = new ArrayList<>();
        events.forEach(event -> views.add(program.views().ofEarlier(event)));
        if (list) {
            return views;
        }
        return views.isEmpty() ? EventView.MISSING : views.get(0);
    }
}
