package io.tributary.pattern;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelVariableResolver;
import io.tributary.event.CustomerEvent;
import io.tributary.event.EventCatalog;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A compiled condition. What cannot be evaluated, because a property is missing or not of its type,
 * is false and counted.
 */
final class CelCondition {

    /** The events that the match has so far. */
    interface Matched {
        Iterable<CustomerEvent> of(String step) throws Exception;
    }

    private final CelRuntime.Program program;
    private final EventCatalog catalog;
    private final Map<String, Boolean> steps;
    private long failures;

    private @Nullable CustomerEvent lastEvent;
    private boolean lastResult;

    /**
     * @param steps the steps that the condition names, and whether each is a list
     */
    CelCondition(CelRuntime.Program program, EventCatalog catalog, Map<String, Boolean> steps) {
        this.program = program;
        this.catalog = catalog;
        this.steps = steps;
    }

    /** How often it could not be evaluated. */
    long failures() {
        return failures;
    }

    /**
     * Every partial match asks about the same event; without earlier steps the answer is the same.
     */
    boolean holds(CustomerEvent event, Matched matched) throws Exception {
        if (!steps.isEmpty()) {
            return evaluate(event, matched);
        }
        if (lastEvent != event) {
            lastResult = evaluate(event, matched);
            lastEvent = event;
        }
        return lastResult;
    }

    private boolean evaluate(CustomerEvent event, Matched matched) throws Exception {
        EventView view = EventView.of(event, catalog);
        Map<String, Object> named = new HashMap<>();
        named.put("event", view);
        for (Map.Entry<String, Boolean> step : steps.entrySet()) {
            named.put(step.getKey(), events(matched.of(step.getKey()), step.getValue()));
        }
        CelVariableResolver resolver = name -> Optional.ofNullable(named.get(name));
        try {
            return Boolean.TRUE.equals(program.eval(resolver));
        } catch (CelEvaluationException e) {
            failures++;
            return false;
        }
    }

    private Object events(Iterable<CustomerEvent> events, boolean list) {
        List<EventView> views = new ArrayList<>();
        events.forEach(event -> views.add(EventView.of(event, catalog)));
        if (list) {
            return views;
        }
        return views.isEmpty() ? EventView.MISSING : views.get(0);
    }
}
