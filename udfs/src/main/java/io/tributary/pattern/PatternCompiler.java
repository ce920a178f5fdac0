package io.tributary.pattern;

import io.tributary.definition.Problem;
import io.tributary.definition.Problems;
import io.tributary.event.CustomerEvent;
import io.tributary.event.EventCatalog;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.cep.nfa.compiler.NFACompiler;
import org.apache.flink.cep.pattern.MalformedPatternException;
import org.apache.flink.cep.pattern.Pattern;
import org.jspecify.annotations.Nullable;

/** Compiles one definition: its conditions to CEL programs, its sequence to an NFA. */
final class PatternCompiler {

    private final EventCatalog catalog;
    private final ConditionCompiler conditions;
    private final Problems problems;

    PatternCompiler(EventCatalog catalog, Problems problems) {
        this.catalog = catalog;
        this.conditions = new ConditionCompiler(catalog);
        this.problems = problems;
    }

    /**
     * A compiled sequence.
     *
     * @param pattern as flink-cep knows it
     * @param factory makes its NFA
     * @param conditions all conditions, to ask how often they failed
     * @param start what the first event of a match has to fulfil; null if that depends
     */
    record Sequence(
            Pattern<CustomerEvent, ?> pattern,
            NFACompiler.NFAFactory<CustomerEvent> factory,
            List<CelCondition> conditions,
            @Nullable StepCondition start) {

        /** Whether the event may be the first of a match. */
        boolean mayStart(CustomerEvent event) {
            return start == null || start.mayTakeFirst(event);
        }
    }

    /**
     * Null if the definition has a problem.
     *
     * @param sound whether the definition keeps to the rules; if not, only its conditions are
     *     looked at
     */
    @Nullable Sequence compile(PatternDefinition definition, boolean sound) {
        int before = problems.count();
        Conditions compiled = new Conditions(definition);
        compiled.compile(definition.sequence(), false);
        if (!sound || problems.count() > before) {
            return null;
        }
        try {
            Pattern<CustomerEvent, ?> pattern =
                    FlinkPatterns.of(definition, compiled.steps, compiled.untils);
            NFACompiler.NFAFactory<CustomerEvent> factory =
                    NFACompiler.compileFactory(pattern, false);
            if (EmptyLoops.anyIn(factory.createNFA().getStates())) {
                refuse(definition, "a group that repeats needs a step that is not optional");
                return null;
            }
            if (NFACompiler.canProduceEmptyMatches(pattern)) {
                refuse(definition, "every step is optional, so nothing at all would match");
                return null;
            }
            Step first = definition.startStep();
            return new Sequence(
                    pattern,
                    factory,
                    compiled.all,
                    first == null ? null : compiled.steps.get(first.name()));
        } catch (MalformedPatternException | UnsupportedOperationException e) {
            refuse(definition, "this sequence cannot be matched: " + e.getMessage());
        } catch (NullPointerException | IllegalStateException | IllegalArgumentException e) {
            refuse(definition, "the matching engine cannot take this sequence: " + e);
        }
        return null;
    }

    private void refuse(PatternDefinition definition, String message) {
        Problem problem = PatternReader.required(definition.at(), "sequence").problem(message);
        problems.add(problem);
    }

    /** Walks the steps in definition order, so that each condition knows the steps before it. */
    private final class Conditions {

        private final List<String> stepNames;
        private final Map<String, StepCondition> steps = new HashMap<>();
        private final Map<Step, LoopEnd> untils = new IdentityHashMap<>();
        private final List<CelCondition> all = new ArrayList<>();
        private final @Nullable Step closing;
        private ConditionScope scope = new ConditionScope(List.of(), new LinkedHashMap<>());

        Conditions(PatternDefinition definition) {
            stepNames = definition.positiveSteps().stream().map(Step::name).toList();
            closing = definition.endsWithAbsence() ? definition.last() : null;
        }

        void compile(List<Step> sequence, boolean looping) {
            for (Step step : sequence) {
                boolean loops = looping || step.repeat().isLooping();
                if (step.isGroup()) {
                    compile(step.group(), loops);
                } else {
                    steps.put(step.name(), condition(step, loops));
                }
                if (step.until() != null) {
                    CelCondition until = compile(step.until(), catalog.types().keySet());
                    if (until != null) {
                        untils.put(step, new LoopEnd(until));
                    }
                }
            }
        }

        private StepCondition condition(Step step, boolean loops) {
            ConditionScope after =
                    step.isNegative()
                            ? scope
                            : scope.with(
                                    step.name(),
                                    new ConditionScope.StepEvents(step.types(), loops));
            if (loops) {
                scope = after;
            }
            CelCondition where = step.where() == null ? null : compile(step.where(), step.types());
            scope = after;
            long within =
                    step.within() == null || step == closing
                            ? Long.MAX_VALUE
                            : step.within().toMillis();
            return new StepCondition(new HashSet<>(step.types()), within, stepNames, where);
        }

        private @Nullable CelCondition compile(CelText text, Collection<String> eventTypes) {
            CelCondition condition = conditions.compile(text, scope.about(eventTypes), problems);
            if (condition != null) {
                all.add(condition);
            }
            return condition;
        }
    }
}
