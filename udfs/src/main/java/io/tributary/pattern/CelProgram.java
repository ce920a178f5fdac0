package io.tributary.pattern;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelVariableResolver;
import io.tributary.event.CustomerEvent;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A compiled expression. One about the event alone is shared by all conditions that say the same,
 * and evaluated once for each event however many definitions and partial matches ask.
 */
final class CelProgram {

    /** What an expression says about an event. */
    enum Outcome {
        TRUE,
        FALSE,
        /** It could not be evaluated. */
        FAILED
    }

    private final CelRuntime.Program program;
    private final EventViews views;
    private @Nullable CustomerEvent lastEvent;
    private Outcome lastOutcome = Outcome.FALSE;

    CelProgram(CelRuntime.Program program, EventViews views) {
        this.program = program;
        this.views = views;
    }

    EventViews views() {
        return views;
    }

    /** About the event alone. */
    @SuppressWarnings("ReferenceEquality") // the same event again, not an equal one
    Outcome evaluate(CustomerEvent event) {
        if (lastEvent != event) {
            EventView view = views.of(event);
            lastOutcome =
                    evaluate(name -> name.equals("event") ? Optional.of(view) : Optional.empty());
            lastEvent = event;
        }
        return lastOutcome;
    }

    /**
     * @param named what the expression may name beside the event
     */
    Outcome evaluate(CustomerEvent event, Map<String, Object> named) {
        EventView view = views.of(event);
        return evaluate(
                name ->
                        name.equals("event")
                                ? Optional.of(view)
                                : Optional.ofNullable(named.get(name)));
    }

    private Outcome evaluate(CelVariableResolver resolver) {
        try {
            return Boolean.TRUE.equals(program.eval(resolver)) ? Outcome.TRUE : Outcome.FALSE;
        } catch (CelEvaluationException e) {
            return Outcome.FAILED;
        }
    }
}
