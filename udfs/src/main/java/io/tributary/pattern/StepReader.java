package io.tributary.pattern;

import io.tributary.definition.Problems;
import io.tributary.definition.YamlNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the steps of a sequence and refuses words that do not go together within one step. */
final class StepReader {

    private static final List<String> LOOP_WORDS =
            List.of("greedy", "allowCombinations", "consecutive");
    private static final List<String> REPEAT_WORDS =
            List.of(
                    "times",
                    "oneOrMore",
                    "optional",
                    "greedy",
                    "allowCombinations",
                    "consecutive",
                    "until");

    private final Problems problems;
    private final Set<String> names = new HashSet<>();

    StepReader(Problems problems) {
        this.problems = problems;
    }

    List<Step> sequence(YamlNode list) {
        reserveNames(list);
        return steps(list, true);
    }

    /** Names that are written go before names that are made from event types. */
    private void reserveNames(YamlNode list) {
        for (YamlNode node : list.items()) {
            YamlNode as = node.get("as");
            YamlNode group = node.get("sequence");
            if (as != null && as.text().equals("event")) {
                problems.add(
                        as,
                        "a step cannot be called 'event': conditions name the event at hand so");
            } else if (as != null && !names.add(as.text())) {
                problems.add(as, "two steps are called '" + as.text() + "'");
            }
            if (group != null) {
                reserveNames(group);
            }
        }
    }

    private List<Step> steps(YamlNode list, boolean opens) {
        List<Step> steps = new ArrayList<>();
        for (YamlNode node : list.items()) {
            Step step = step(node, opens && steps.isEmpty());
            if (step != null) {
                steps.add(step);
            }
        }
        return steps;
    }

    private @Nullable Step step(YamlNode node, boolean opens) {
        YamlNode keyword = keyword(node);
        if (keyword == null) {
            return null;
        }
        YamlNode value = PatternReader.required(node, keyword.text());
        return keyword.text().equals("sequence")
                ? group(node, value, opens)
                : leaf(node, keyword, value, opens);
    }

    private @Nullable YamlNode keyword(YamlNode node) {
        List<YamlNode> words =
                node.keys().stream()
                        .filter(
                                key ->
                                        key.text().equals("sequence")
                                                || Contiguity.of(key.text()).isPresent())
                        .toList();
        if (words.isEmpty()) {
            problems.add(
                    node,
                    "a step needs one of on, next, followedBy, followedByAny, notNext,"
                            + " notFollowedBy, sequence");
            return null;
        }
        if (words.size() > 1) {
            problems.add(
                    words.get(1),
                    "a step has one of '"
                            + words.get(0).text()
                            + "' and '"
                            + words.get(1).text()
                            + "', not both");
            return null;
        }
        return words.get(0);
    }

    private @Nullable Step group(YamlNode node, YamlNode list, boolean opens) {
        for (String word : List.of("as", "where", "within", "greedy")) {
            YamlNode key = node.keyNode(word);
            if (key != null) {
                problems.add(key, "a group has no '" + word + "'; give it to a step of the group");
            }
        }
        List<Step> steps = steps(list, opens);
        if (steps.isEmpty()) {
            return null;
        }
        if (steps.get(0).isNegative()) {
            problems.add(list.items().get(0), "a group cannot begin with the absence of an event");
        }
        if (steps.get(steps.size() - 1).contiguity() == Contiguity.NOT_FOLLOWED_BY) {
            problems.add(
                    list.items().get(list.items().size() - 1),
                    "a group cannot end with notFollowedBy; put it after the group");
        }
        Contiguity contiguity = steps.get(0).contiguity();
        return new Step(
                "group", contiguity, List.of(), null, repeat(node), until(node), null, steps);
    }

    private @Nullable Step leaf(YamlNode node, YamlNode keyword, YamlNode value, boolean opens) {
        Contiguity contiguity = Contiguity.of(keyword.text()).orElseThrow();
        if (opens != (contiguity == Contiguity.ON)) {
            problems.add(
                    keyword,
                    opens
                            ? "the first step starts the match: write 'on' instead of '"
                                    + keyword.text()
                                    + "'"
                            : "'on' is for the first step; write next, followedBy or"
                                    + " followedByAny");
        }
        if (contiguity.isNegative()) {
            for (String word : REPEAT_WORDS) {
                YamlNode key = node.keyNode(word);
                if (key != null) {
                    problems.add(key, "'" + word + "' does not go with " + keyword.text());
                }
            }
        }
        List<String> types = PatternReader.oneOrMany(value).stream().map(YamlNode::text).toList();
        YamlNode where = node.get("where");
        YamlNode within = node.get("within");
        Duration bound = within == null ? null : PatternReader.duration(within, problems);
        return new Step(
                name(node, types.get(0)),
                contiguity,
                types,
                where == null ? null : CelText.of(where),
                contiguity.isNegative() ? Repeat.ONCE : repeat(node),
                until(node),
                bound,
                List.of());
    }

    private String name(YamlNode node, String type) {
        YamlNode as = node.get("as");
        if (as != null) {
            return as.text();
        }
        String name = type;
        for (int i = 2; !names.add(name); i++) {
            name = type + "_" + i;
        }
        return name;
    }

    private @Nullable CelText until(YamlNode node) {
        YamlNode until = node.get("until");
        if (until != null && !repeat(node).isUnbounded()) {
            problems.add(until, "'until' ends a loop: it needs oneOrMore or times: {min: n}");
        }
        return until == null ? null : CelText.of(until);
    }

    private Repeat repeat(YamlNode node) {
        YamlNode times = node.get("times");
        boolean oneOrMore = flag(node, "oneOrMore");
        int min = 1;
        int max = oneOrMore ? Repeat.UNBOUNDED : 1;
        if (times != null && oneOrMore) {
            problems.add(times, "a step has one of 'times' and 'oneOrMore', not both");
        } else if (times != null && times.isMapping()) {
            YamlNode most = times.get("max");
            min = Integer.parseInt(PatternReader.required(times, "min").text());
            max = most == null ? Repeat.UNBOUNDED : Integer.parseInt(most.text());
            if (most != null && max < min) {
                problems.add(most, "max is below min");
                max = min;
            }
        } else if (times != null) {
            min = Integer.parseInt(times.text());
            max = min;
        }
        Repeat repeat =
                new Repeat(
                        min,
                        max,
                        flag(node, "optional"),
                        flag(node, "greedy"),
                        flag(node, "allowCombinations"),
                        flag(node, "consecutive"));
        refuseLoopWords(node, repeat);
        return repeat;
    }

    private void refuseLoopWords(YamlNode node, Repeat repeat) {
        for (String word : LOOP_WORDS) {
            YamlNode key = node.keyNode(word);
            if (key != null && flag(node, word) && !repeat.isLooping()) {
                problems.add(
                        key, "'" + word + "' needs a step that repeats: add times or oneOrMore");
            }
        }
        YamlNode combinations = node.keyNode("allowCombinations");
        if (combinations != null && repeat.allowCombinations()) {
            if (repeat.consecutive()) {
                problems.add(
                        combinations,
                        "a step has one of 'consecutive' and 'allowCombinations', not both");
            } else if (repeat.greedy()) {
                problems.add(
                        combinations,
                        "a step has one of 'greedy' and 'allowCombinations', not both");
            }
        }
    }

    private static boolean flag(YamlNode node, String key) {
        YamlNode flag = node.get(key);
        return flag != null && flag.text().equalsIgnoreCase("true");
    }
}
