package io.tributary.pattern;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a condition can name.
 *
 * @param eventTypes what {@code event} can be
 * @param steps the steps whose events it can name, in definition order
 */
record ConditionScope(Collection<String> eventTypes, Map<String, StepEvents> steps) {

    /**
     * @param types what the events of the step can be
     * @param list whether the step can have several events; its name is a list then
     */
    record StepEvents(List<String> types, boolean list) {}

    ConditionScope with(String step, StepEvents events) {
        Map<String, StepEvents> more = new LinkedHashMap<>(steps);
        more.put(step, events);
        return new ConditionScope(eventTypes, more);
    }

    ConditionScope about(Collection<String> types) {
        return new ConditionScope(types, steps);
    }
}
