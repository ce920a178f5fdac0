package io.tributary.pattern;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Draws definitions that use every word of the language; some of them are refused. A third are
 * plain: relaxed contiguity and fixed counts only, for which types may be skipped.
 */
public final class RandomDefinition {

    private static final List<String> TYPES = List.of("a", "b", "c");

    private final Random random;
    private final String id;
    private final boolean plain;
    private final List<String> names = new ArrayList<>();
    private boolean repeatsOrWaits;

    RandomDefinition(Random random, String id) {
        this.random = random;
        this.id = id;
        this.plain = random.nextInt(3) == 0;
    }

    String text() {
        int length = 1 + random.nextInt(4);
        List<String> steps = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            steps.add("  - " + step(i == 0, i == length - 1, 0));
        }
        boolean ownAbsence = false;
        if (random.nextInt(4) == 0) {
            ownAbsence = random.nextBoolean();
            steps.add(
                    "  - {notFollowedBy: "
                            + types()
                            + where()
                            + (ownAbsence ? ", within: " + seconds(1, 12) : "")
                            + "}");
        }
        String skip = skip();
        // stock flink-cep has one window: where a closing absence has its own, it can only be
        // compared if the other bound plays no part, or if a match beyond it can be left out;
        // notNext waits for an event that is not part of the match
        boolean longEnough = ownAbsence && (repeatsOrWaits || !skip.equals("no_skip"));
        return "id: "
                + id
                + "\nversion: 1\nname: T\nseverity: low\n"
                + (random.nextInt(6) == 0 ? "per: event.properties.cart_id\n" : "")
                + "sequence:\n"
                + String.join("\n", steps)
                + "\nwithin: "
                + (longEnough ? "15m" : seconds(4, 25))
                + "\nskip: "
                + skip
                + "\n";
    }

    private String step(boolean first, boolean last, int depth) {
        if (!plain && depth < 2 && random.nextInt(7) == 0) {
            return group(first, depth);
        }
        String keyword = keyword(first);
        boolean negative = keyword.startsWith("not");
        repeatsOrWaits |= keyword.equals("notNext");
        String name = "s" + (names.size() + 1);
        String step = "{as: " + (negative ? "not_" : "") + name + ", " + keyword + ": " + types();
        step += where();
        String repeat = "";
        if (!negative) {
            names.add(name);
            repeat = repeat();
            repeatsOrWaits |= !repeat.isEmpty();
            step += repeat;
        }
        boolean opens = first && repeat.isEmpty();
        if (!opens && random.nextInt(5) == 0 && !(last && keyword.equals("notFollowedBy"))) {
            step += ", within: " + seconds(2, 6);
        }
        return step + "}";
    }

    private String group(boolean first, int depth) {
        List<String> steps = new ArrayList<>();
        int length = 1 + random.nextInt(3);
        for (int i = 0; i < length; i++) {
            steps.add(step(first && i == 0, false, depth + 1));
        }
        return "{sequence: [" + String.join(", ", steps) + "]" + groupRepeat() + "}";
    }

    private String keyword(boolean first) {
        if (first) {
            return "on";
        }
        if (plain) {
            return List.of("followedBy", "followedBy", "followedByAny", "notFollowedBy")
                    .get(random.nextInt(4));
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
        return random.nextInt(3) == 0
                ? name + ".size() < 3"
                : "event.properties.v >= " + name + ".properties.v";
    }

    private String repeat() {
        if (plain) {
            return random.nextInt(6) == 0 ? ", times: " + (2 + random.nextInt(2)) : "";
        }
        String repeat =
                switch (random.nextInt(10)) {
                    case 0 -> ", times: 2";
                    case 1 -> ", times: {min: 1, max: 3}";
                    case 2 -> ", oneOrMore: true";
                    case 3 -> ", times: {min: 2}";
                    default -> "";
                };
        if (!repeat.isEmpty()) {
            repeat += loopWord(repeat);
        }
        return random.nextInt(6) == 0 ? repeat + ", optional: true" : repeat;
    }

    private String loopWord(String repeat) {
        boolean endless = !repeat.contains("max") && !repeat.contains("times: 2");
        String until = endless && random.nextInt(4) == 0 ? until() : "";
        return switch (random.nextInt(6)) {
            case 0 -> until + ", greedy: true";
            case 1 -> until + ", consecutive: true";
            case 2 -> until + ", allowCombinations: true";
            default -> until;
        };
    }

    private String until() {
        return random.nextBoolean()
                ? ", until: \"event.type == 'd'\""
                : ", until: \"event.type == 'c' && event.properties.v > 1\"";
    }

    private String groupRepeat() {
        repeatsOrWaits = true;
        String repeat =
                switch (random.nextInt(7)) {
                    case 0 -> ", times: 2";
                    case 1 -> ", oneOrMore: true";
                    case 2 -> ", times: {min: 1, max: 2}, consecutive: true";
                    case 3 -> ", oneOrMore: true, allowCombinations: true";
                    case 4 -> ", times: {min: 1}" + until();
                    default -> "";
                };
        return random.nextInt(4) == 0 ? repeat + ", optional: true" : repeat;
    }

    private String skip() {
        String name = names.get(random.nextInt(names.size()));
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
