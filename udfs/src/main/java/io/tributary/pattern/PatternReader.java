package io.tributary.pattern;

import io.tributary.definition.DurationText;
import io.tributary.definition.Problems;
import io.tributary.definition.SchemaCheck;
import io.tributary.definition.YamlNode;
import io.tributary.event.EventTime;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads one pattern file; what the words mean together is checked by {@link PatternRules}. */
final class PatternReader {

    private final Problems problems;

    private PatternReader(Problems problems) {
        this.problems = problems;
    }

    /** Empty if the file does not conform to the schema or a step cannot be understood. */
    static Optional<PatternDefinition> read(YamlNode root, Problems problems) {
        if (!SchemaCheck.check(root, "pattern", problems)) {
            return Optional.empty();
        }
        int before = problems.count();
        PatternDefinition definition = new PatternReader(problems).definition(root);
        return problems.count() == before ? Optional.of(definition) : Optional.empty();
    }

    private PatternDefinition definition(YamlNode root) {
        return new PatternDefinition(
                text(root, "id", ""),
                Integer.parseInt(text(root, "version", "1")),
                text(root, "name", ""),
                textOrNull(root, "description"),
                textOrNull(root, "journey"),
                Severity.valueOf(upper(text(root, "severity", "low"))),
                Mode.valueOf(upper(text(root, "mode", "live"))),
                per(root.get("per")),
                new StepReader(problems).sequence(required(root, "sequence")),
                duration(required(root, "within")),
                skip(root.get("skip")),
                effectiveFrom(root.get("effectiveFrom")),
                intervention(root.get("intervention")),
                root);
    }

    private static List<String> per(@Nullable YamlNode node) {
        return node == null
                ? List.of()
                : List.of(node.text().substring("event.properties.".length()).split("\\.", -1));
    }

    private static Skip skip(@Nullable YamlNode node) {
        if (node == null) {
            return Skip.NO_SKIP;
        }
        if (node.isMapping()) {
            YamlNode kind = node.keys().get(0);
            return new Skip(
                    Skip.Kind.valueOf(upper(kind.text())), required(node, kind.text()).text());
        }
        return new Skip(Skip.Kind.valueOf(upper(node.text())), null);
    }

    private long effectiveFrom(@Nullable YamlNode node) {
        if (node == null) {
            return Long.MIN_VALUE;
        }
        try {
            return EventTime.parse(node.text());
        } catch (DateTimeException e) {
            problems.add(node, "there is no such time: '" + node.text() + "'");
            return Long.MIN_VALUE;
        }
    }

    private @Nullable InterventionSpec intervention(@Nullable YamlNode node) {
        if (node == null) {
            return null;
        }
        YamlNode cooldown = node.get("cooldown");
        YamlNode success = node.get("success");
        return new InterventionSpec(
                text(node, "action", ""),
                required(node, "channels").items().stream().map(YamlNode::text).toList(),
                duration(required(node, "expires")),
                cooldown == null ? Duration.ZERO : duration(cooldown),
                Double.parseDouble(text(node, "holdout", "0")),
                success == null
                        ? null
                        : new InterventionSpec.Success(
                                text(success, "on", ""), duration(required(success, "within"))));
    }

    private Duration duration(YamlNode node) {
        return duration(node, problems);
    }

    /** A duration above zero; anything else is a problem. */
    static Duration duration(YamlNode node, Problems problems) {
        Duration duration = DurationText.parse(node.text()).orElse(Duration.ZERO);
        if (duration.isZero()) {
            problems.add(node, "a duration must be longer than nothing");
        }
        return duration;
    }

    static YamlNode required(YamlNode node, String key) {
        YamlNode value = node.get(key);
        if (value == null) {
            throw new IllegalStateException(node + " has no " + key + " though the schema asks it");
        }
        return value;
    }

    private static String text(YamlNode node, String key, String otherwise) {
        YamlNode value = node.get(key);
        return value == null ? otherwise : value.text();
    }

    private static @Nullable String textOrNull(YamlNode node, String key) {
        YamlNode value = node.get(key);
        return value == null ? null : value.text();
    }

    private static String upper(String text) {
        return text.toUpperCase(Locale.ROOT);
    }

    /** The scalar itself or the items of a list. */
    static List<YamlNode> oneOrMany(YamlNode node) {
        return node.isSequence() ? node.items() : new ArrayList<>(List.of(node));
    }
}
