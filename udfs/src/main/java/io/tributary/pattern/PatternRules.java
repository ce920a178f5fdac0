package io.tributary.pattern;

import io.tributary.definition.DurationText;
import io.tributary.definition.Problems;
import io.tributary.definition.Suggestion;
import io.tributary.definition.YamlNode;
import io.tributary.event.EventCatalog;
import io.tributary.event.PropertyType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** What a definition must keep to beyond its form: bounds, names that exist, steps that fit. */
final class PatternRules {

    private final EventCatalog catalog;
    private final Set<String> journeys;
    private final Limits limits;
    private final Problems problems;
    private final Problems warnings;

    /**
     * @param journeys names of all journeys; empty if none are defined, then any name will do
     * @param warnings receives what works but may surprise
     */
    PatternRules(
            EventCatalog catalog,
            Set<String> journeys,
            Limits limits,
            Problems problems,
            Problems warnings) {
        this.catalog = catalog;
        this.journeys = journeys;
        this.limits = limits;
        this.problems = problems;
        this.warnings = warnings;
    }

    void check(PatternDefinition definition) {
        YamlNode root = definition.at();
        checkJourney(root.get("journey"));
        checkWindow(definition);
        checkSteps(definition.sequence(), PatternReader.required(root, "sequence"), definition);
        checkSkip(definition, root.get("skip"));
        checkPer(definition, root.get("per"));
        checkOrder(definition, PatternReader.required(root, "sequence").items());
        YamlNode intervention = root.get("intervention");
        YamlNode success = intervention == null ? null : intervention.get("success");
        if (success != null) {
            checkType(PatternReader.required(success, "on"));
        }
    }

    private void checkJourney(@Nullable YamlNode journey) {
        if (journey != null && !journeys.isEmpty() && !journeys.contains(journey.text())) {
            problems.add(
                    journey,
                    "unknown journey '"
                            + journey.text()
                            + "'"
                            + Suggestion.hint(journey.text(), journeys));
        }
    }

    private void checkWindow(PatternDefinition definition) {
        if (definition.window().compareTo(limits.horizon()) > 0) {
            String horizon = DurationText.format(limits.horizon());
            problems.add(
                    PatternReader.required(definition.at(), "within"),
                    definition.absence() == null
                            ? "'within' is longer than the horizon of " + horizon
                            : "'within' and the closing absence together are longer than the"
                                    + " horizon of "
                                    + horizon);
        }
    }

    private void checkSteps(List<Step> steps, YamlNode list, PatternDefinition definition) {
        List<YamlNode> nodes = list.items();
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            YamlNode node = nodes.get(i);
            if (step.isGroup()) {
                checkSteps(step.group(), PatternReader.required(node, "sequence"), definition);
            } else {
                YamlNode types = PatternReader.required(node, step.contiguity().keyword());
                PatternReader.oneOrMany(types).forEach(this::checkType);
                checkStepWindow(step, node, definition);
            }
            if (i > 0 && step.isNegative() && steps.get(i - 1).repeat().optional()) {
                problems.add(
                        node,
                        "an absence cannot follow an optional step; write two definitions, one with"
                                + " and one without the optional step");
            }
            if (i > 0 && step.repeat().optional() && steps.get(i - 1).repeat().greedy()) {
                problems.add(node, "an optional step cannot follow a greedy one");
            }
        }
    }

    private void checkStepWindow(Step step, YamlNode node, PatternDefinition definition) {
        YamlNode within = node.get("within");
        Duration bound = step.within();
        if (within == null || bound == null) {
            return;
        }
        if (step.contiguity() == Contiguity.ON
                && !step.repeat().isLooping()
                && !definition.sequence().get(0).isGroup()) {
            problems.add(
                    within,
                    "the first step has no event before it; 'within' for the whole stands beside"
                            + " 'sequence'");
        }
        if (!step.isNegative() && bound.compareTo(definition.within()) > 0) {
            problems.add(within, "a step's 'within' cannot be longer than the definition's");
        }
    }

    private void checkType(YamlNode type) {
        if (!catalog.types().isEmpty() && !catalog.knows(type.text())) {
            problems.add(
                    type,
                    "unknown event type '"
                            + type.text()
                            + "'"
                            + Suggestion.hint(type.text(), catalog.types().keySet()));
        }
    }

    private void checkSkip(PatternDefinition definition, @Nullable YamlNode node) {
        String step = definition.skip().step();
        if (node == null || step == null) {
            return;
        }
        List<String> names = definition.positiveSteps().stream().map(Step::name).toList();
        if (!names.contains(step)) {
            problems.add(
                    PatternReader.required(node, node.keys().get(0).text()),
                    "no step takes events as '" + step + "'" + Suggestion.hint(step, names));
        }
    }

    private void checkPer(PatternDefinition definition, @Nullable YamlNode node) {
        if (node == null || catalog.types().isEmpty()) {
            return;
        }
        for (String type : definition.types().stream().sorted().toList()) {
            SortedMap<String, PropertyType> properties = catalog.properties(type).orElse(null);
            if (properties != null && !has(properties, definition.per())) {
                problems.add(
                        node,
                        type
                                + " has no property '"
                                + String.join(".", definition.per())
                                + "', so it would never take part"
                                + Suggestion.hint(definition.per().get(0), properties.keySet()));
            }
        }
    }

    private static boolean has(Map<String, PropertyType> fields, List<String> path) {
        PropertyType type = fields.get(path.get(0));
        if (path.size() == 1) {
            return type instanceof PropertyType.Scalar;
        }
        return type instanceof PropertyType.ObjectOf object
                && has(object.fields(), path.subList(1, path.size()));
    }

    private void checkOrder(PatternDefinition definition, List<YamlNode> nodes) {
        List<Step> sequence = definition.sequence();
        if (sequence.stream().allMatch(Step::canBeEmpty)) {
            problems.add(
                    PatternReader.required(definition.at(), "sequence"),
                    "every step is optional, so nothing at all would match");
        }
        int last = sequence.size() - 1;
        if (last > 0 && definition.endsWithAbsence() && loopsAtEnd(sequence.get(last - 1))) {
            warnings.add(
                    nodes.get(last),
                    "after a step that repeats, a closing notFollowedBy is found only if some other"
                            + " event comes before the deadline");
        }
    }

    private static boolean loopsAtEnd(Step step) {
        Step last = step.isGroup() ? step.group().get(step.group().size() - 1) : step;
        return step.repeat().min() != step.repeat().max()
                || last.repeat().min() != last.repeat().max();
    }
}
