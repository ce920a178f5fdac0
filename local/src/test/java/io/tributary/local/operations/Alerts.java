package io.tributary.local.operations;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** {@code deploy/prometheus/alerts.yml} and its tests. */
public final class Alerts {

    static final Path FOLDER = Path.of("../deploy/prometheus").toAbsolutePath().normalize();
    static final Path RULES = FOLDER.resolve("alerts.yml");
    static final Path TESTS = FOLDER.resolve("alerts.test.yml");

    private static final Pattern METRIC = Pattern.compile("flink_\\w+|\\bup\\b|\\bALERTS\\b");

    public record Rule(String alert, String expression, Map<?, ?> labels, Map<?, ?> annotations) {}

    private Alerts() {}

    public static List<Rule> rules() throws IOException {
        List<Rule> rules = new ArrayList<>();
        for (Object group : list(yaml(RULES), "groups")) {
            for (Object rule : list(group, "rules")) {
                Map<?, ?> fields = (Map<?, ?>) rule;
                rules.add(
                        new Rule(
                                String.valueOf(fields.get("alert")),
                                String.valueOf(fields.get("expr")),
                                (Map<?, ?>) fields.get("labels"),
                                (Map<?, ?>) fields.get("annotations")));
            }
        }
        return rules;
    }

    /** Alerts that a test expects to fire, or to stay silent. */
    static Set<String> tested(boolean firing) throws IOException {
        Set<String> tested = new TreeSet<>();
        for (Object test : list(yaml(TESTS), "tests")) {
            for (Object expectation : list(test, "alert_rule_test")) {
                if (list(expectation, "exp_alerts").isEmpty() != firing) {
                    tested.add(String.valueOf(((Map<?, ?>) expectation).get("alertname")));
                }
            }
        }
        return tested;
    }

    /** The metrics that an expression asks for. */
    public static Set<String> metrics(String expression) {
        Set<String> metrics = new TreeSet<>();
        Matcher matcher = METRIC.matcher(expression);
        while (matcher.find()) {
            metrics.add(matcher.group());
        }
        return metrics;
    }

    static Object yaml(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new Load(LoadSettings.builder().build()).loadFromInputStream(in);
        }
    }

    private static List<?> list(Object map, String key) {
        return (List<?>) ((Map<?, ?>) map).get(key);
    }
}
