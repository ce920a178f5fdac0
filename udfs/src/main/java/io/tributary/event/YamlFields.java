package io.tributary.event;

import io.tributary.definition.Problems;
import io.tributary.definition.YamlNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The fields of one YAML mapping, read with their problems: every method reports what is wrong at
 * the line and column where it stands and answers with nothing.
 */
public final class YamlFields {

    private final YamlNode node;
    private final Problems problems;

    /**
     * @param allowed the only keys the mapping may have; empty if any key may stand there
     */
    public YamlFields(YamlNode node, Set<String> allowed, Problems problems) {
        this.node = node;
        this.problems = problems;
        if (!node.isMapping()) {
            problems.add(node, "a mapping is expected here, not " + kindOf(node));
        }
        for (YamlNode key : node.keys()) {
            if (!allowed.isEmpty() && !allowed.contains(key.text())) {
                problems.add(
                        key,
                        "unknown key '"
                                + key.text()
                                + "'; it is one of "
                                + String.join(", ", allowed.stream().sorted().toList()));
            }
        }
    }

    public YamlNode node() {
        return node;
    }

    public Optional<YamlNode> get(String key) {
        return Optional.ofNullable(node.get(key)).filter(value -> !value.isNull());
    }

    /** Reports a missing key at the mapping itself. */
    public Optional<YamlNode> required(String key) {
        Optional<YamlNode> value = get(key);
        if (value.isEmpty() && node.isMapping()) {
            problems.add(node, "'" + key + "' is missing");
        }
        return value;
    }

    public Optional<String> text(String key) {
        return get(key).flatMap(this::scalar);
    }

    public Optional<String> requiredText(String key) {
        return required(key).flatMap(this::scalar);
    }

    private Optional<String> scalar(YamlNode value) {
        if (value.isScalar() && !value.text().isBlank()) {
            return Optional.of(value.text());
        }
        problems.add(value, "a text is expected here, not " + kindOf(value));
        return Optional.empty();
    }

    public Optional<Integer> positiveInteger(String key) {
        Optional<YamlNode> value = get(key);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        YamlNode at = value.get();
        if (at.isInteger() && at.text().matches("[0-9]{1,9}") && !at.text().matches("0+")) {
            return Optional.of(Integer.parseInt(at.text()));
        }
        problems.add(at, "'" + key + "' must be a whole number from 1 to 999999999");
        return Optional.empty();
    }

    public Optional<Boolean> bool(String key) {
        Optional<YamlNode> value = get(key);
        if (value.isPresent() && !value.get().isBoolean()) {
            problems.add(value.get(), "'" + key + "' must be true or false");
            return Optional.empty();
        }
        return value.map(at -> at.text().equalsIgnoreCase("true"));
    }

    /** One of an enum's constants, written in lower case. */
    public <E extends Enum<E>> Optional<E> oneOf(String key, Class<E> type) {
        Optional<YamlNode> value = get(key);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        for (E constant : type.getEnumConstants()) {
            if (value.get().isScalar() && word(constant).equals(value.get().text())) {
                return Optional.of(constant);
            }
        }
        problems.add(
                value.get(),
                "'"
                        + key
                        + "' must be one of "
                        + String.join(
                                ", ",
                                Arrays.stream(type.getEnumConstants())
                                        .map(YamlFields::word)
                                        .toList())
                        + ", not '"
                        + value.get().text()
                        + "'");
        return Optional.empty();
    }

    public static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** The scalars of a list, with their places; a single scalar counts as a list of one. */
    public List<YamlNode> scalars(String key) {
        List<YamlNode> scalars = new ArrayList<>();
        get(key).ifPresent(
                        value -> {
                            List<YamlNode> items =
                                    value.isSequence() ? value.items() : List.of(value);
                            for (YamlNode item : items) {
                                scalar(item).ifPresent(text -> scalars.add(item));
                            }
                        });
        return scalars;
    }

    private static String kindOf(YamlNode node) {
        if (node.isNull()) {
            return "nothing";
        }
        return node.isScalar() ? "'" + node.text() + "'" : node.text();
    }
}
