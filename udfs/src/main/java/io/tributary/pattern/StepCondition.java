package io.tributary.pattern;

import io.tributary.event.CustomerEvent;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.cep.pattern.conditions.IterativeCondition;
import org.jspecify.annotations.Nullable;

/**
 * Whether an event fits a step: first its type, then the time since the event before, and only then
 * the condition in CEL.
 *
 * <p>flink-cep asks conditions to be serialisable; this one is used where it was compiled, never
 * shipped, so what cannot be serialised is transient.
 */
final class StepCondition extends IterativeCondition<CustomerEvent> {

    private static final long serialVersionUID = 1L;

    private final HashSet<String> types;
    private final long within;
    private final String[] stepNames;
    private final transient @Nullable CelCondition where;

    /**
     * @param types event types, any of which fits
     * @param within longest time since the event before in milliseconds, end excluded; {@link
     *     Long#MAX_VALUE} for no bound
     * @param stepNames every step that takes events
     * @param where null for none
     */
    StepCondition(
            Set<String> types, long within, List<String> stepNames, @Nullable CelCondition where) {
        this.types = new HashSet<>(types);
        this.within = within;
        this.stepNames = stepNames.toArray(String[]::new);
        this.where = where;
    }

    /** Whether the event may be the first of a match. */
    boolean mayTakeFirst(CustomerEvent event) {
        return types.contains(event.type())
                && (where == null || !where.isAboutEventOnly() || where.holds(event));
    }

    @Override
    public boolean filter(CustomerEvent event, Context<CustomerEvent> context) throws Exception {
        return types.contains(event.type())
                && isSoonEnough(event, context)
                && (where == null || where.holds(event, context::getEventsForPattern));
    }

    private boolean isSoonEnough(CustomerEvent event, Context<CustomerEvent> context)
            throws Exception {
        if (within == Long.MAX_VALUE) {
            return true;
        }
        long previous = Long.MIN_VALUE;
        for (String step : stepNames) {
            for (CustomerEvent taken : context.getEventsForPattern(step)) {
                previous = Math.max(previous, taken.time());
            }
        }
        return previous == Long.MIN_VALUE || event.time() - previous < within;
    }
}
