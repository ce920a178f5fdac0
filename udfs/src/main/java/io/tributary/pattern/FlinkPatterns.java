package io.tributary.pattern;

import io.tributary.event.CustomerEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.cep.nfa.aftermatch.AfterMatchSkipStrategy;
import org.apache.flink.cep.pattern.Pattern;
import org.apache.flink.cep.pattern.WithinType;
import org.jspecify.annotations.Nullable;

/**
 * A definition as flink-cep's {@code Pattern}.
 *
 * <p>A step's {@code within} is part of its condition, because flink-cep bounds the time spent in a
 * state, which for loops and optional steps is not the time since the event before. Where the two
 * are the same, for a single step, it is flink-cep's window as well: a match that can no longer
 * come then holds back no other. A closing absence is flink-cep's window only, since nothing else
 * fires without an event.
 */
final class FlinkPatterns {

    private FlinkPatterns() {}

    /**
     * @param conditions what makes an event fit, by step name
     * @param untils what ends a loop, by the step that loops
     */
    static Pattern<CustomerEvent, ?> of(
            PatternDefinition definition,
            Map<String, StepCondition> conditions,
            Map<Step, LoopEnd> untils) {
        Pattern<CustomerEvent, CustomerEvent> pattern =
                chain(definition.sequence(), conditions, untils);
        return pattern.within(definition.window());
    }

    static AfterMatchSkipStrategy skip(Skip skip) {
        String step = skip.step() == null ? "" : skip.step();
        return switch (skip.kind()) {
            case NO_SKIP -> AfterMatchSkipStrategy.noSkip();
            case SKIP_TO_NEXT -> AfterMatchSkipStrategy.skipToNext();
            case PAST_LAST_EVENT -> AfterMatchSkipStrategy.skipPastLastEvent();
            case TO_FIRST -> AfterMatchSkipStrategy.skipToFirst(step);
            case TO_LAST -> AfterMatchSkipStrategy.skipToLast(step);
        };
    }

    private static Pattern<CustomerEvent, CustomerEvent> chain(
            List<Step> steps, Map<String, StepCondition> conditions, Map<Step, LoopEnd> untils) {
        Pattern<CustomerEvent, CustomerEvent> chain = null;
        for (Step step : steps) {
            if (step.isGroup()) {
                chain = follow(chain, step, chain(step.group(), conditions, untils));
            } else {
                chain = follow(chain, step).where(conditions.get(step.name()));
                if (step.within() != null && isWaitedForAlone(step, steps)) {
                    chain.within(step.within(), WithinType.PREVIOUS_AND_CURRENT);
                }
            }
            repeat(chain, step.repeat());
            if (untils.containsKey(step)) {
                chain.until(untils.get(step));
            }
        }
        if (chain == null) {
            throw new IllegalArgumentException("a sequence without steps");
        }
        return chain;
    }

    /** Names of the steps that are waited for alone and have a bound, to that bound in ms. */
    static Map<String, Long> stepWindows(List<Step> steps) {
        Map<String, Long> windows = new HashMap<>();
        for (Step step : steps) {
            if (step.isGroup()) {
                windows.putAll(stepWindows(step.group()));
            } else if (step.within() != null && isWaitedForAlone(step, steps)) {
                windows.put(step.name(), step.within().toMillis());
            }
        }
        return windows;
    }

    /** Whether the time spent waiting for the step is the time since the event before. */
    private static boolean isWaitedForAlone(Step step, List<Step> steps) {
        boolean closes = step == steps.get(steps.size() - 1);
        return step.isNegative()
                ? closes && step.contiguity() == Contiguity.NOT_FOLLOWED_BY
                : step.repeat().equals(Repeat.ONCE);
    }

    private static Pattern<CustomerEvent, CustomerEvent> follow(
            @Nullable Pattern<CustomerEvent, CustomerEvent> before, Step step) {
        String name = step.name();
        if (before == null) {
            return Pattern.begin(name);
        }
        return switch (step.contiguity()) {
            case NEXT -> before.next(name);
            case ON, FOLLOWED_BY -> before.followedBy(name);
            case FOLLOWED_BY_ANY -> before.followedByAny(name);
            case NOT_NEXT -> before.notNext(name);
            case NOT_FOLLOWED_BY -> before.notFollowedBy(name);
        };
    }

    private static Pattern<CustomerEvent, CustomerEvent> follow(
            @Nullable Pattern<CustomerEvent, CustomerEvent> before,
            Step step,
            Pattern<CustomerEvent, CustomerEvent> group) {
        if (before == null) {
            return Pattern.begin(group);
        }
        return switch (step.contiguity()) {
            case NEXT -> before.next(group);
            case FOLLOWED_BY_ANY -> before.followedByAny(group);
            default -> before.followedBy(group);
        };
    }

    private static void repeat(Pattern<CustomerEvent, CustomerEvent> pattern, Repeat repeat) {
        if (repeat.isUnbounded()) {
            if (repeat.min() == 1) {
                pattern.oneOrMore();
            } else {
                pattern.timesOrMore(repeat.min());
            }
        } else if (repeat.min() != repeat.max()) {
            pattern.times(repeat.min(), repeat.max());
        } else if (repeat.isLooping()) {
            pattern.times(repeat.min());
        }
        if (repeat.greedy()) {
            pattern.greedy();
        }
        if (repeat.allowCombinations()) {
            pattern.allowCombinations();
        }
        if (repeat.consecutive()) {
            pattern.consecutive();
        }
        if (repeat.optional()) {
            pattern.optional();
        }
    }
}
