package io.tributary.pattern;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Draws definitions that use every word of the language; some of them are refused. */
final class RandomDefinition {

    private static final List<String> TYPES = List.of("a", "b", "c");

    private final Random random;
    private final List<String> names = new ArrayList<>();
    private boolean ownAbsence;

    RandomDefinition(Random random) {
        this.random = random;
    }

    String text() {
        int length = 1 + random.nextInt(4);
        List<String> steps = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            steps.add("  - " + step(i == 0, i == length - 1, false));
        }
        if (random.nextInt(5) == 0) {
            ownAbsence = random.nextBoolean();
            steps.add(
                    "  - {notFollowedBy: "
                            + types()
                            + (ownAbsence ? ", within: " + seconds(1, 12) : "")
                            + "}");
        }
        // where both bounds of a closing absence matter, stock flink-cep means something else
        String within = ownAbsence ? "1m30s" : seconds(4, 25);
        return Library.head(1)
                + "sequence:\n"
                + String.join("\n", steps)
                + "\nwithin: "
                + within
                + "\nskip: "
                + skip()
                + "\n";
    }

    private String step(boolean first, boolean last, boolean inGroup) {
        if (!inGroup && random.nextInt(7) == 0) {
            String group =
                    "sequence: ["
                            + step(first, false, true)
                            + (random.nextBoolean() ? ", " + step(false, false, true) : "")
                            + "]";
            return "{" + group + groupRepeat() + "}";
        }
        String keyword = keyword(first);
        boolean negative = keyword.startsWith("not");
        String name = "s" + (names.size() + 1);
        String step = "{as: " + name + ", " + keyword + ": " + types() + where();
        if (!negative) {
            names.add(name);
            step += repeat();
        }
        if (!first && random.nextInt(6) == 0 && !(last && keyword.equals("notFollowedBy"))) {
            step += ", within: " + seconds(2, 6);
        }
        return step + "}";
    }

    private String keyword(boolean first) {
        if (first) {
            return "on";
        }
        return switch (random.nextInt(12)) {
            case 0, 1, 2, 3 -> "followedBy";
            case 4, 5 -> "next";
            case 6, 7, 8 -> "followedByAny";
            case 9 -> "notNext";
            default -> "notFollowedBy";
        };
    }

    private String types() {
        String one = TYPES.get(random.nextInt(TYPES.size()));
        String other = TYPES.get(random.nextInt(TYPES.size()));
        return random.nextInt(4) == 0 && !one.equals(other) ? "[" + one + ", " + other + "]" : one;
    }

    private String where() {
        return switch (random.nextInt(6)) {
            case 0 -> ", where: \"event.properties.v >= " + random.nextInt(4) + "\"";
            case 1 -> names.isEmpty() ? "" : ", where: \"" + aboutEarlier() + "\"";
            default -> "";
        };
    }

    private String aboutEarlier() {
        String name = names.get(random.nextInt(names.size()));
        return random.nextBoolean()
                ? name + ".size() < 3"
                : "event.properties.v >= " + name + ".properties.v";
    }

    private String repeat() {
        String repeat =
                switch (random.nextInt(10)) {
                    case 0 -> ", times: 2";
                    case 1 -> ", times: {min: 1, max: 3}";
                    case 2 -> ", oneOrMore: true";
                    case 3 -> ", times: {min: 2}";
                    default -> "";
                };
        if (!repeat.isEmpty()) {
            repeat +=
                    switch (random.nextInt(6)) {
                        case 0 -> ", greedy: true";
                        case 1 -> ", consecutive: true";
                        case 2 -> ", allowCombinations: true";
                        case 3 ->
                                repeat.contains("max") || repeat.contains("times: 2")
                                        ? ""
                                        : ", until: \"event.type == 'd'\"";
                        default -> "";
                    };
        }
        return random.nextInt(6) == 0 ? repeat + ", optional: true" : repeat;
    }

    private String groupRepeat() {
        String repeat =
                switch (random.nextInt(5)) {
                    case 0 -> ", times: 2";
                    case 1 -> ", oneOrMore: true";
                    case 2 -> ", times: {min: 1, max: 2}, consecutive: true";
                    default -> "";
                };
        return random.nextInt(4) == 0 ? repeat + ", optional: true" : repeat;
    }

    private String skip() {
        String name = names.isEmpty() ? "s1" : names.get(random.nextInt(names.size()));
        return switch (random.nextInt(5)) {
            case 0 -> "skip_to_next";
            case 1 -> "past_last_event";
            case 2 -> "{to_first: " + name + "}";
            case 3 -> "{to_last: " + name + "}";
            default -> "no_skip";
        };
    }

    private String seconds(int from, int to) {
        return from + random.nextInt(to - from + 1) + "s";
    }
}
