package io.tributary.local.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AlertsTest {

    private static final Path RUNBOOK = Path.of("../docs/runbook.md");
    private static final String ENTRY = "## Tributary";
    private static final List<String> PARTS =
            List.of("**Meaning.**", "**First look.**", "**Remedy.**");

    @Test
    void prometheusTakesRulesAndConfiguration() throws Exception {
        promtool("check", "rules", Alerts.RULES.toString());
        promtool("check", "config", Alerts.FOLDER.resolve("prometheus.yml").toString());
    }

    @Test
    void eachAlertFiresAndStaysSilentWhereItsTestsSay() throws Exception {
        promtool("test", "rules", Alerts.TESTS.toString());
    }

    @Test
    void eachAlertIsTestedBothWays() throws Exception {
        List<String> alerts = alerts();
        assertThat(Alerts.tested(true)).containsExactlyInAnyOrderElementsOf(alerts);
        assertThat(Alerts.tested(false)).containsExactlyInAnyOrderElementsOf(alerts);
    }

    @Test
    void eachAlertHasASeverityASummaryAndItsEntry() throws Exception {
        for (Alerts.Rule rule : Alerts.rules()) {
            assertThat(rule.labels().keySet()).as(rule.alert()).hasToString("[severity]");
            assertThat(String.valueOf(rule.labels().get("severity")))
                    .as(rule.alert())
                    .isIn("critical", "warning");
            assertThat(rule.annotations().keySet().stream().map(String::valueOf))
                    .as(rule.alert())
                    .containsExactly("summary", "runbook_url");
            assertThat(String.valueOf(rule.annotations().get("runbook_url")))
                    .isEqualTo("docs/runbook.md#" + rule.alert().toLowerCase(Locale.ROOT));
        }
    }

    @Test
    void theRunbookExplainsEachAlertAndNothingElse() throws Exception {
        Map<String, String> entries = entries();
        assertThat(entries.keySet()).containsExactlyInAnyOrderElementsOf(alerts());
        entries.forEach((alert, text) -> assertThat(text).as(alert).contains(PARTS));
    }

    private static List<String> alerts() throws Exception {
        return Alerts.rules().stream().map(Alerts.Rule::alert).toList();
    }

    /** Text by alert. */
    private static Map<String, String> entries() throws Exception {
        Map<String, String> entries = new TreeMap<>();
        String alert = null;
        for (String line : Files.readAllLines(RUNBOOK)) {
            if (line.startsWith("## ")) {
                alert = line.startsWith(ENTRY) ? line.substring(3) : null;
            } else if (alert != null) {
                entries.merge(alert, line + "\n", String::concat);
            }
        }
        return entries;
    }

    private static void promtool(String... arguments) throws Exception {
        Commands.require("promtool");
        List<String> command = new ArrayList<>(List.of("promtool"));
        command.addAll(List.of(arguments));
        Commands.Outcome outcome = Commands.run(command);
        assertThat(outcome.status()).as(outcome.said()).isZero();
    }
}
