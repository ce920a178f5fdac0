package io.tributary.intervention;

import io.tributary.definition.Definitions;
import io.tributary.definition.DurationText;
import io.tributary.definition.Problems;
import io.tributary.definition.SchemaCheck;
import io.tributary.definition.YamlNode;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code policy.yaml} to {@link Policy}. The schema says what may stand where; this class checks
 * what a schema cannot: that channels are declared once and that consent speaks of declared ones.
 */
final class PolicyReader {

    private final Problems problems;

    private PolicyReader(Problems problems) {
        this.problems = problems;
    }

    static Policy read(Definitions.SourceFile file, Problems problems) {
        return YamlNode.parse(file.path(), file.text(), problems)
                .map(root -> new PolicyReader(problems).read(root))
                .orElse(Policy.NONE);
    }

    private Policy read(YamlNode root) {
        SchemaCheck.check(root, "policy", problems);
        Set<String> channels = distinct(root.get("channels"));
        YamlNode consent = root.get("consent");
        YamlNode required = consent == null ? null : consent.get("required");
        Set<String> consentRequired = distinct(required);
        items(required).forEach(channel -> checkDeclared(channel, channels));
        YamlNode purpose = consent == null ? null : consent.get("purpose");
        return new Policy(
                version(root.get("version")),
                channels,
                purpose == null || !purpose.isString() ? null : purpose.text(),
                consentRequired,
                consentDefault(consent == null ? null : consent.get("default"), consentRequired),
                cooldown(root.get("cooldown")));
    }

    /** Zero where the schema has already refused it. */
    private static int version(@Nullable YamlNode node) {
        return node != null && node.isInteger() && node.text().matches("[0-9]{1,9}")
                ? Integer.parseInt(node.text())
                : 0;
    }

    private Set<String> distinct(@Nullable YamlNode list) {
        Set<String> names = new LinkedHashSet<>();
        for (YamlNode item : items(list)) {
            if (!names.add(item.text())) {
                problems.add(item, "'" + item.text() + "' is listed twice");
            }
        }
        return Collections.unmodifiableSet(names);
    }

    private void checkDeclared(YamlNode channel, Set<String> channels) {
        if (!channels.contains(channel.text())) {
            problems.add(
                    channel,
                    "unknown channel '"
                            + channel.text()
                            + "'; this policy knows "
                            + String.join(", ", channels));
        }
    }

    private Map<String, Boolean> consentDefault(@Nullable YamlNode node, Set<String> required) {
        Map<String, Boolean> defaults = new TreeMap<>();
        if (node == null) {
            return defaults;
        }
        if (node.isScalar()) {
            required.forEach(channel -> defaults.put(channel, isGranted(node)));
            return defaults;
        }
        node.entries().forEach((channel, value) -> defaults.put(channel, isGranted(value)));
        for (YamlNode key : node.keys()) {
            if (!required.contains(key.text())) {
                problems.add(
                        key,
                        "a default for '"
                                + key.text()
                                + "' has no effect: consent is not required there");
            }
        }
        return defaults;
    }

    private static boolean isGranted(YamlNode node) {
        return node.text().equals("granted");
    }

    /** Zero where there is none, or where the schema has already refused it. */
    private static Duration cooldown(@Nullable YamlNode node) {
        return node == null ? Duration.ZERO : DurationText.parse(node.text()).orElse(Duration.ZERO);
    }

    private static List<YamlNode> items(@Nullable YamlNode list) {
        return list == null ? List.of() : list.items().stream().filter(YamlNode::isString).toList();
    }
}
