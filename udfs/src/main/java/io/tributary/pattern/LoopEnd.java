package io.tributary.pattern;

import io.tributary.event.CustomerEvent;
import org.apache.flink.cep.pattern.conditions.IterativeCondition;
import org.jspecify.annotations.Nullable;

/** Whether an event ends a loop. Like {@link StepCondition} never shipped. */
final class LoopEnd extends IterativeCondition<CustomerEvent> {

    private static final long serialVersionUID = 1L;

    private final transient @Nullable CelCondition until;

    LoopEnd(CelCondition until) {
        this.until = until;
    }

    @Override
    public boolean filter(CustomerEvent event, Context<CustomerEvent> context) throws Exception {
        return until != null && until.holds(event, context::getEventsForPattern);
    }
}
