package io.tributary.event;

import io.tributary.definition.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The fields of one YAML mapping as typed values. What a schema has already reported (missing keys,
 * other kinds of value) is simply absent here.
 */
public record YamlFields(YamlNode node) {

    /** Absent and null are the same. */
    public Optional<YamlNode> get(String key) {
        return Optional.ofNullable(node.get(key)).filter(value -> !value.isNull());
    }

    public Optional<String> text(String key) {
        return get(key).filter(YamlFields::isText).map(YamlNode::text);
    }

    private static boolean isText(YamlNode value) {
        return value.isScalar() && !value.text().isBlank();
    }

    public Optional<Integer> positiveInteger(String key) {
        return get(key).filter(YamlNode::isInteger)
                .map(YamlNode::text)
                .filter(digits -> digits.matches("[0-9]{1,9}"))
                .map(Integer::valueOf)
                .filter(number -> number > 0);
    }

    public boolean isTrue(String key) {
        return get(key).filter(YamlNode::isBoolean)
                .map(value -> value.text().equalsIgnoreCase("true"))
                .orElse(false);
    }

    /** One of an enum's constants, written in lower case. */
    public <E extends Enum<E>> Optional<E> oneOf(String key, Class<E> type) {
        Optional<String> word = text(key);
        for (E constant : type.getEnumConstants()) {
            if (word.isPresent() && word.get().equals(word(constant))) {
                return Optional.of(constant);
            }
        }
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
                            items.stream().filter(YamlFields::isText).forEach(scalars::add);
                        });
        return scalars;
    }

    /** The value at {@code key} if there is one, else the mapping: where a problem is told. */
    public YamlNode place(String key) {
        return get(key).orElse(node);
    }
}
