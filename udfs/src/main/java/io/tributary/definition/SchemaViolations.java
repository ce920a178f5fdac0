package io.tributary.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.networknt.schema.JsonNodePath;
import com.networknt.schema.ValidationMessage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The validator's violations in an analyst's words, each at its place in the file. */
final class SchemaViolations {

    private final YamlNode tree;
    private final JsonNode schema;

    /** Violations that no branch of a choice can explain, and where on their path it stands. */
    private final Map<ValidationMessage, Integer> wholeChoice = new IdentityHashMap<>();

    private SchemaViolations(YamlNode tree, JsonNode schema) {
        this.tree = tree;
        this.schema = schema;
    }

    static List<Problem> explain(
            YamlNode tree, JsonNode schema, Collection<ValidationMessage> violations) {
        SchemaViolations explained = new SchemaViolations(tree, schema);
        return explained.relevant(new ArrayList<>(violations), 0).stream()
                .map(explained::problem)
                .filter(Objects::nonNull)
                .toList();
    }

    /**
     * Of the branches of an {@code anyOf} or {@code oneOf} only the one that was meant is worth
     * telling: the one that fails deepest in the value, then the one with the fewest violations.
     */
    private List<ValidationMessage> relevant(List<ValidationMessage> all, int from) {
        Map<String, List<ValidationMessage>> groups = new LinkedHashMap<>();
        List<ValidationMessage> told = new ArrayList<>();
        for (ValidationMessage violation : all) {
            int choice = choice(violation.getEvaluationPath(), from);
            if (choice < 0) {
                told.add(violation);
            } else {
                groups.computeIfAbsent(
                                prefix(violation.getEvaluationPath(), choice + 1),
                                k -> new ArrayList<>())
                        .add(violation);
            }
        }
        groups.forEach((path, group) -> told.addAll(meant(group, from)));
        return told;
    }

    private List<ValidationMessage> meant(List<ValidationMessage> group, int from) {
        ValidationMessage first = group.get(0);
        int choice = choice(first.getEvaluationPath(), from);
        Map<String, List<ValidationMessage>> branches =
                group.stream()
                        .filter(v -> v.getEvaluationPath().getNameCount() > choice + 1)
                        .collect(
                                Collectors.groupingBy(
                                        v -> v.getEvaluationPath().getName(choice + 1),
                                        LinkedHashMap::new,
                                        Collectors.toList()));
        if (branches.isEmpty()) {
            return group;
        }
        int depth =
                group.stream()
                        .mapToInt(v -> v.getInstanceLocation().getNameCount())
                        .min()
                        .orElse(0);
        List<ValidationMessage> meant =
                branches.values().stream()
                        .map(branch -> relevant(branch, choice + 2))
                        .min(
                                Comparator.<List<ValidationMessage>>comparingInt(
                                                branch -> wrongKind(branch, depth) == null ? 0 : 1)
                                        .thenComparingInt(List::size))
                        .orElse(group);
        ValidationMessage wrongKind = wrongKind(meant, depth);
        if (wrongKind != null) {
            wholeChoice.putIfAbsent(wrongKind, choice);
            return List.of(wrongKind);
        }
        return meant;
    }

    private static @Nullable ValidationMessage wrongKind(
            List<ValidationMessage> branch, int depth) {
        return branch.stream().filter(v -> wrongKind(v, depth)).findFirst().orElse(null);
    }

    private static boolean wrongKind(ValidationMessage violation, int depth) {
        JsonNode value = violation.getInstanceNode();
        return violation.getInstanceLocation().getNameCount() == depth
                && switch (violation.getType()) {
                    case "type" -> true;
                    case "const", "enum" -> value != null && value.isContainerNode();
                    default -> false;
                };
    }

    /** Position of the first {@code anyOf} or {@code oneOf} keyword; -1 if there is none. */
    private static int choice(JsonNodePath path, int from) {
        for (int i = from; i < path.getNameCount(); i++) {
            boolean keyword = i == 0 || !path.getName(i - 1).equals("properties");
            if (keyword && (path.getName(i).equals("anyOf") || path.getName(i).equals("oneOf"))) {
                return i;
            }
        }
        return -1;
    }

    private static String prefix(JsonNodePath path, int count) {
        StringBuilder prefix = new StringBuilder();
        for (int i = 0; i < count; i++) {
            prefix.append('/').append(path.getName(i));
        }
        return prefix.toString();
    }

    private @Nullable Problem problem(ValidationMessage violation) {
        YamlNode at = at(violation.getInstanceLocation());
        String property = violation.getProperty();
        Integer choice = wholeChoice.get(violation);
        if (choice != null) {
            JsonNode title = schemaAt(violation.getEvaluationPath(), choice).path("title");
            if (title.isTextual()) {
                return at.problem("expected " + title.asText() + found(at));
            }
        }
        return switch (violation.getType()) {
            case "additionalProperties", "unevaluatedProperties" -> unknownKey(at, violation);
            case "propertyNames" -> misnamedKey(at, violation);
            case "required" -> at.problem("missing key '" + property + "'");
            case "enum", "const" -> at.problem(notOneOf(at, violation));
            case "minimum", "exclusiveMinimum" -> at.problem(bound(at, violation, "at least "));
            case "maximum", "exclusiveMaximum" -> at.problem(bound(at, violation, "at most "));
            case "minItems", "minProperties", "minLength" ->
                    at.problem(size(violation, at, "short"));
            case "maxItems", "maxProperties", "maxLength" ->
                    at.problem(size(violation, at, "long"));
            case "uniqueItems" -> at.problem("this list names something twice");
            case "type" ->
                    at.problem(titled(violation, at, "expected " + kind(violation) + found(at)));
            case "false" -> unknownKey(at, violation);
            case "if", "then", "else", "allOf", "$ref" -> null;
            default -> at.problem(titled(violation, at, plain(violation)));
        };
    }

    private Problem unknownKey(YamlNode at, ValidationMessage violation) {
        String key = String.valueOf(violation.getProperty());
        YamlNode keyNode = at.keyNode(key);
        JsonNode known = parentSchema(violation).path("properties");
        List<String> names = new ArrayList<>();
        known.fieldNames().forEachRemaining(names::add);
        return (keyNode == null ? at : keyNode)
                .problem("unknown key '" + key + "'" + Suggestion.hint(key, names));
    }

    private Problem misnamedKey(YamlNode at, ValidationMessage violation) {
        String key = String.valueOf(violation.getProperty());
        YamlNode keyNode = at.keyNode(key);
        JsonNode title = parentSchema(violation).path("propertyNames").path("title");
        String expected = title.isTextual() ? title.asText() : "another name";
        return (keyNode == null ? at : keyNode)
                .problem("expected " + expected + ", found '" + key + "'");
    }

    private String notOneOf(YamlNode at, ValidationMessage violation) {
        JsonNode allowed = violation.getSchemaNode();
        List<String> names = new ArrayList<>();
        if (allowed != null && allowed.isArray()) {
            allowed.forEach(name -> names.add(name.asText()));
        } else if (allowed != null) {
            names.add(allowed.asText());
        }
        String one = names.size() == 1 ? "" : "one of ";
        return "expected "
                + one
                + String.join(", ", names)
                + found(at)
                + Suggestion.hint(at.text(), names);
    }

    private String bound(YamlNode at, ValidationMessage violation, String words) {
        return titled(violation, at, "expected " + words + limit(violation) + found(at));
    }

    private String size(ValidationMessage violation, YamlNode at, String what) {
        return titled(violation, at, "this is too " + what + ", the limit is " + limit(violation));
    }

    private static String limit(ValidationMessage violation) {
        JsonNode limit = violation.getSchemaNode();
        return limit == null ? "" : limit.asText();
    }

    private static String plain(ValidationMessage violation) {
        String message = violation.getMessage();
        int colon = message.indexOf(": ");
        return colon < 0 ? message : message.substring(colon + 2);
    }

    /** {@code expected <title>, found 'x'} where the schema has a title, else {@code otherwise}. */
    private String titled(ValidationMessage violation, YamlNode at, String otherwise) {
        JsonNode title = parentSchema(violation).path("title");
        return title.isTextual() ? "expected " + title.asText() + found(at) : otherwise;
    }

    private static String kind(ValidationMessage violation) {
        JsonNode types = violation.getSchemaNode();
        if (types == null) {
            return "another kind of value";
        }
        List<String> kinds = new ArrayList<>();
        (types.isArray() ? types : JsonNodeFactory.instance.arrayNode().add(types))
                .forEach(type -> kinds.add(kindName(type.asText())));
        return String.join(" or ", kinds);
    }

    private static String kindName(String type) {
        return switch (type) {
            case "object" -> "a mapping";
            case "array" -> "a list";
            case "string" -> "a text";
            case "integer" -> "a whole number";
            case "number" -> "a number";
            case "boolean" -> "true or false";
            default -> type;
        };
    }

    private static String found(YamlNode at) {
        if (at.isScalar()) {
            return at.isNull() ? ", found nothing" : ", found '" + at.text() + "'";
        }
        return ", found " + at.text();
    }

    /** The schema object that holds the violated keyword. */
    private JsonNode parentSchema(ValidationMessage violation) {
        JsonNodePath path = violation.getSchemaLocation().getFragment();
        JsonNode at = schema;
        for (int i = 0; i < path.getNameCount() - 1; i++) {
            String name = path.getName(i);
            at = at.isArray() ? at.path(Integer.parseInt(name)) : at.path(name);
        }
        return at;
    }

    /** The schema reached by the first {@code count} keywords of an evaluation path. */
    private JsonNode schemaAt(JsonNodePath path, int count) {
        JsonNode at = schema;
        for (int i = 0; i < count; i++) {
            String name = path.getName(i);
            if (name.equals("$ref")) {
                at = schema.at(at.path("$ref").asText().substring(1));
            } else {
                at = at.isArray() ? at.path(Integer.parseInt(name)) : at.path(name);
            }
        }
        return at;
    }

    private YamlNode at(JsonNodePath path) {
        YamlNode at = tree;
        for (int i = 0; i < path.getNameCount(); i++) {
            Object element = path.getElement(i);
            YamlNode next =
                    element instanceof Integer index && at.isSequence()
                            ? at.items().get(index)
                            : at.get(String.valueOf(element));
            if (next == null) {
                return at;
            }
            at = next;
        }
        return at;
    }
}
