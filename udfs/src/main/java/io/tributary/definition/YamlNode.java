package io.tributary.definition;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A YAML 1.2 value that knows where it stands. Aliases and anchors are resolved; duplicate keys and
 * more than one document in a file are problems.
 */
public final class YamlNode {

    private final String file;
    private final String source;
    private final Node node;

    private YamlNode(String file, String source, Node node) {
        this.file = file;
        this.source = source;
        this.node = node;
    }

    /**
     * Parses the text of one file.
     *
     * @param problems receives syntax errors
     * @return empty if the text is not YAML or holds nothing
     */
    public static Optional<YamlNode> parse(String file, String text, Problems problems) {
        LoadSettings settings =
                LoadSettings.builder().setLabel(file).setAllowDuplicateKeys(false).build();
        try {
            Optional<Node> root = new Compose(settings).composeString(text);
            if (root.isEmpty()) {
                problems.add(new Problem(file, 1, 1, "the file is empty"));
            }
            Optional<YamlNode> read = root.map(node -> new YamlNode(file, text, node));
            if (read.isPresent() && holdsItself(root.get(), new ArrayDeque<>())) {
                problems.add(
                        new Problem(file, 1, 1, "an alias (*name) stands inside its own anchor"));
                return Optional.empty();
            }
            read.ifPresent(tree -> tree.reportDuplicateKeys(problems));
            return read;
        } catch (MarkedYamlEngineException e) {
            Mark mark = e.getProblemMark().orElse(null);
            int line = mark == null ? 1 : mark.getLine() + 1;
            int column = mark == null ? 1 : mark.getColumn() + 1;
            problems.add(new Problem(file, line, column, String.valueOf(e.getProblem())));
        } catch (YamlEngineException e) {
            problems.add(new Problem(file, 1, 1, String.valueOf(e.getMessage())));
        }
        return Optional.empty();
    }

    private static boolean holdsItself(Node node, Deque<Node> above) {
        if (above.stream().anyMatch(n -> n == node)) {
            return true;
        }
        above.push(node);
        boolean found = false;
        if (node instanceof MappingNode mapping) {
            found =
                    mapping.getValue().stream()
                            .anyMatch(
                                    tuple ->
                                            holdsItself(tuple.getKeyNode(), above)
                                                    || holdsItself(tuple.getValueNode(), above));
        } else if (node instanceof SequenceNode sequence) {
            found = sequence.getValue().stream().anyMatch(item -> holdsItself(item, above));
        }
        above.pop();
        return found;
    }

    private void reportDuplicateKeys(Problems problems) {
        if (node instanceof MappingNode mapping) {
            Map<String, Node> seen = new LinkedHashMap<>();
            for (NodeTuple tuple : mapping.getValue()) {
                YamlNode key = new YamlNode(file, source, tuple.getKeyNode());
                if (seen.put(key.text(), tuple.getKeyNode()) != null) {
                    problems.add(key, "duplicate key '" + key.text() + "'");
                }
                new YamlNode(file, source, tuple.getValueNode()).reportDuplicateKeys(problems);
            }
        } else if (node instanceof SequenceNode sequence) {
            sequence.getValue()
                    .forEach(
                            item -> new YamlNode(file, source, item).reportDuplicateKeys(problems));
        }
    }

    public String file() {
        return file;
    }

    /** First line is 1. */
    public int line() {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    }

    /** First column is 1. */
    public int column() {
        return node.getStartMark().map(mark -> mark.getColumn() + 1).orElse(1);
    }

    public Problem problem(String message) {
        return new Problem(file, line(), column(), message);
    }

    /**
     * A problem inside a scalar.
     *
     * @param offset of the character in {@link #text()} that the problem is about, counted from 0
     */
    public Problem problemAt(int offset, String message) {
        if (!(node instanceof ScalarNode scalar)) {
            return problem(message);
        }
        ScalarPosition at =
                ScalarPosition.of(
                        source, line(), column(), scalar.getScalarStyle(), text(), offset);
        return new Problem(file, at.line(), at.column(), message);
    }

    public boolean isMapping() {
        return node instanceof MappingNode;
    }

    public boolean isSequence() {
        return node instanceof SequenceNode;
    }

    public boolean isScalar() {
        return node instanceof ScalarNode;
    }

    /**
     * Whether this is a scalar that YAML's core schema reads as a string, such as {@code abc} or
     * {@code "1"}.
     */
    public boolean isString() {
        return isScalar() && node.getTag().equals(Tag.STR);
    }

    public boolean isInteger() {
        return isScalar() && node.getTag().equals(Tag.INT);
    }

    public boolean isNumber() {
        return isInteger() || (isScalar() && node.getTag().equals(Tag.FLOAT));
    }

    public boolean isBoolean() {
        return isScalar() && node.getTag().equals(Tag.BOOL);
    }

    public boolean isNull() {
        return isScalar() && node.getTag().equals(Tag.NULL);
    }

    /** The scalar as it is written, without quotes; for other nodes the kind of node. */
    public String text() {
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        return isMapping() ? "a mapping" : "a list";
    }

    /** The value at {@code key}, or null if this is no mapping or has no such key. */
    public @Nullable YamlNode get(String key) {
        if (node instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                if (tuple.getKeyNode() instanceof ScalarNode scalar
                        && scalar.getValue().equals(key)) {
                    return new YamlNode(file, source, tuple.getValueNode());
                }
            }
        }
        return null;
    }

    public boolean has(String key) {
        return get(key) != null;
    }

    /**
     * The node of the key itself, for problems that are about the key; null if there is no such
     * key.
     */
    public @Nullable YamlNode keyNode(String key) {
        return keys().stream().filter(k -> k.text().equals(key)).findFirst().orElse(null);
    }

    /** The keys of a mapping in file order; empty for other nodes. */
    public List<YamlNode> keys() {
        List<YamlNode> keys = new ArrayList<>();
        if (node instanceof MappingNode mapping) {
            mapping.getValue().forEach(t -> keys.add(new YamlNode(file, source, t.getKeyNode())));
        }
        return keys;
    }

    /** The entries of a mapping in file order; empty for other nodes. */
    public Map<String, YamlNode> entries() {
        Map<String, YamlNode> entries = new LinkedHashMap<>();
        if (node instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                entries.put(
                        new YamlNode(file, source, tuple.getKeyNode()).text(),
                        new YamlNode(file, source, tuple.getValueNode()));
            }
        }
        return entries;
    }

    /** The items of a list; empty for other nodes. */
    public List<YamlNode> items() {
        List<YamlNode> items = new ArrayList<>();
        if (node instanceof SequenceNode sequence) {
            sequence.getValue().forEach(item -> items.add(new YamlNode(file, source, item)));
        }
        return items;
    }

    @Override
    public String toString() {
        return file + ":" + line() + ":" + column() + ": " + text();
    }
}
