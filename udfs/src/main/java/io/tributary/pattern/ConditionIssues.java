package io.tributary.pattern;

import dev.cel.common.CelIssue;
import io.tributary.definition.Problem;
import io.tributary.definition.Suggestion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What CEL's compiler found, in an analyst's words and at its place in the file. */
final class ConditionIssues {

    private static final Pattern OVERLOAD =
            Pattern.compile("found no matching overload for '(.+?)' applied to '(.*?)' .*");
    private static final Pattern FIELD = Pattern.compile("undefined field '(.+?)'.*");
    private static final Pattern NAME = Pattern.compile("undeclared reference to '(.+?)'.*");
    private static final Pattern RESULT =
            Pattern.compile("expected type 'bool' but found '(.+?)'.*");

    private final CelText text;
    private final ConditionScope scope;
    private final Collection<String> fields;

    ConditionIssues(CelText text, ConditionScope scope, Collection<String> fields) {
        this.text = text;
        this.scope = scope;
        this.fields = fields;
    }

    Problem problem(CelIssue issue) {
        String message = issue.getMessage().replace('\n', ' ');
        int offset = offset(issue);
        Matcher field = FIELD.matcher(message);
        if (field.matches()) {
            String name = field.group(1);
            int at = text.text().indexOf(name, Math.max(0, offset));
            return text.at()
                    .problemAt(
                            at < 0 ? offset : at,
                            "unknown property '" + name + "'" + Suggestion.hint(name, fields));
        }
        boolean aboutTheWhole = RESULT.matcher(message).matches();
        return text.at().problemAt(aboutTheWhole ? 0 : offset, inWords(message));
    }

    private String inWords(String message) {
        Matcher name = NAME.matcher(message);
        if (name.matches()) {
            List<String> known = new ArrayList<>(List.of("event"));
            known.addAll(scope.steps().keySet());
            return "unknown name '"
                    + name.group(1)
                    + "'; a condition knows "
                    + String.join(", ", known);
        }
        Matcher overload = OVERLOAD.matcher(message);
        if (overload.matches()) {
            String operands = overload.group(2).replaceAll("^\\(|\\)$", "");
            return "'"
                    + overload.group(1).replaceAll("^[_@]|_$", "")
                    + "' does not go with "
                    + Arrays.stream(operands.split(", ", -1))
                            .map(ConditionIssues::kind)
                            .collect(Collectors.joining(" and "));
        }
        Matcher result = RESULT.matcher(message);
        if (result.matches()) {
            return "a condition must be true or false, this is " + kind(result.group(1));
        }
        return "not a condition: "
                + message.replaceAll(" expecting \\{.*", "")
                        .replace("mismatched input '<EOF>'", "something is missing at its end");
    }

    private static String kind(String type) {
        return switch (type) {
            case "double" -> "a number";
            case "int", "uint" -> "a whole number";
            case "string" -> "a text";
            case "bool" -> "true or false";
            case "google.protobuf.Timestamp" -> "a time";
            case "google.protobuf.Duration" -> "a duration";
            case "null_type" -> "null";
            default -> type.startsWith("list(") ? "a list" : type;
        };
    }

    /** Of the place in the condition's text, counted from 0. */
    private int offset(CelIssue issue) {
        int lineStart = 0;
        for (int line = 1; line < issue.getSourceLocation().getLine(); line++) {
            lineStart = text.text().indexOf('\n', lineStart) + 1;
        }
        int column = Math.max(0, issue.getSourceLocation().getColumn());
        int rest = text.text().codePointCount(lineStart, text.text().length());
        return text.text().offsetByCodePoints(lineStart, Math.min(column, rest));
    }
}
