package io.tributary.local.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.local.Eventually;
import io.tributary.local.process.ElasticsearchProcess;
import io.tributary.local.process.KafkaProcess;
import io.tributary.local.process.PrometheusProcess;
import io.tributary.local.process.Servers;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a Prometheus sees that scrapes both jobs while they work. */
@ExtendWith(Servers.class)
class MonitoringIT {

    private static final int PIECES = 10;
    private static final Duration A_PIECE = Duration.ofMillis(1500);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String RATE_INTERVAL = "10s";

    /** Both jobs with parallelism 1; a subtask more adds as many again. */
    private static final int MOST_SERIES = 1_800;

    /** Beside {@code le}, whose values are the bounds of the buckets. */
    private static final List<String> LABELS =
            List.of(
                    "__name__",
                    "instance",
                    "job",
                    "job_name",
                    "le",
                    "operator_name",
                    "pattern",
                    "reason",
                    "status",
                    "subtask_index",
                    "task_name",
                    "tm_id",
                    "trigger",
                    "version");

    private static MonitoredJobs jobs;
    private static PrometheusProcess prometheus;
    private static long begin;

    @BeforeAll
    static void letThemWork(
            KafkaProcess kafka, ElasticsearchProcess elasticsearch, @TempDir Path folder)
            throws Exception {
        Commands.require("prometheus");
        jobs = new MonitoredJobs(kafka, elasticsearch, folder, PIECES);
        jobs.start();
        prometheus = PrometheusProcess.start(config(folder), folder);
        begin = System.currentTimeMillis() / 1000;
        for (int i = 0; i < PIECES; i++) {
            jobs.send(i);
            long next = System.nanoTime() + A_PIECE.toNanos();
            Eventually.ask(() -> System.nanoTime() >= next, done -> done, PATIENCE);
        }
    }

    @AfterAll
    static void end() throws Exception {
        if (prometheus != null) {
            prometheus.close();
        }
        if (jobs != null) {
            jobs.close();
        }
    }

    /** The product's rules, with a scrape interval for the impatient. */
    private static Path config(Path folder) throws Exception {
        return Files.writeString(
                folder.resolve("prometheus.yml"),
                String.join(
                        "\n",
                        "global: {scrape_interval: 1s, evaluation_interval: 1s}",
                        "rule_files: ['" + Alerts.RULES + "']",
                        "scrape_configs:",
                        "  - job_name: tributary-taskmanager",
                        "    static_configs: [{targets: ['" + jobs.target() + "']}]",
                        ""));
    }

    @Test
    void noPanelOfTheDashboardIsEmpty() throws Exception {
        List<Dashboard.Query> queries =
                Dashboard.queries(RATE_INTERVAL).stream()
                        .filter(query -> !query.emptyWhenHealthy())
                        .toList();
        assertThat(queries).isNotEmpty();
        List<Dashboard.Query> empty =
                Eventually.ask(
                        () -> queries.stream().filter(MonitoringIT::isEmpty).toList(),
                        List::isEmpty,
                        PATIENCE);
        assertThat(empty).isEmpty();
    }

    @Test
    void aPanelThatAsksForAnUnknownMetricIsEmpty() {
        assertThat(isEmpty(new Dashboard.Query("none", "rate(flink_none[10s])", false))).isTrue();
        assertThat(isEmpty(new Dashboard.Query("NaN", "0 * up / 0", false))).isTrue();
        assertThat(isEmpty(new Dashboard.Query("up", "up", false))).isFalse();
    }

    @Test
    void whatIsEmptyWhenHealthyAsksForMetricsThatExist() throws Exception {
        Set<String> known = known();
        known.add("ALERTS"); // Prometheus' own, for what AlertsTest lets fire
        for (Dashboard.Query query : Dashboard.queries(RATE_INTERVAL)) {
            if (query.emptyWhenHealthy()) {
                assertThat(Alerts.metrics(query.expression()))
                        .as(query.panel())
                        .isNotEmpty()
                        .isSubsetOf(known);
                prometheus.query(query.expression());
            }
        }
    }

    @Test
    void theAlertsAskForMetricsThatExist() throws Exception {
        for (Alerts.Rule rule : Alerts.rules()) {
            Set<String> asked = Alerts.metrics(rule.expression());
            assertThat(asked).as(rule.alert()).isNotEmpty();
            Eventually.ask(MonitoringIT::known, known -> known.containsAll(asked), PATIENCE);
            assertThat(known()).as(rule.alert()).containsAll(asked);
        }
    }

    @Test
    void prometheusEvaluatesTheAlertsOnWhatItScrapes() throws Exception {
        JsonNode rules =
                Eventually.ask(
                        () -> prometheus.get("/api/v1/rules").at("/groups/0/rules"),
                        all -> all.findValuesAsText("health").stream().noneMatch("unknown"::equals),
                        PATIENCE);
        assertThat(rules).hasSize(Alerts.rules().size());
        assertThat(rules.findValuesAsText("health")).containsOnly("ok");
    }

    @Test
    void labelsAreFewAndNameNoCustomerAndNoEvent() throws Exception {
        assertThat(texts(prometheus.get("/api/v1/labels")))
                .isSubsetOf(withAlerts())
                .contains("pattern", "reason", "trigger");
        assertThat(values("pattern")).isSubsetOf(jobs.patterns());
        assertThat(values("trigger")).containsExactly("deadline", "event");
        assertThat(values("status"))
                .isSubsetOf("detected", "retracted", "open", "offered", "suppressed", "cancelled");
        assertThat(prometheus.query("count({__name__=~\"flink_.*\"})").at("/0/value/1").asInt())
                .isBetween(1, MOST_SERIES);
    }

    private static Set<String> withAlerts() {
        Set<String> labels = new TreeSet<>(LABELS);
        labels.addAll(List.of("alertname", "alertstate", "severity"));
        return labels;
    }

    /** Whether Grafana would draw nothing for the time since the jobs began to work. */
    private static boolean isEmpty(Dashboard.Query query) {
        try {
            JsonNode series =
                    prometheus
                            .get(
                                    "/api/v1/query_range?query="
                                            + URLEncoder.encode(
                                                    query.expression(), StandardCharsets.UTF_8)
                                            + "&start="
                                            + begin
                                            + "&end="
                                            + System.currentTimeMillis() / 1000
                                            + "&step=1")
                            .path("result");
            for (JsonNode one : series) {
                for (JsonNode sample : one.path("values")) {
                    if (!sample.path(1).asText().equals("NaN")) {
                        return false;
                    }
                }
            }
            return true;
        } catch (Exception e) {
            throw new IllegalStateException(query.panel(), e);
        }
    }

    private static Set<String> known() throws Exception {
        return values("__name__");
    }

    private static Set<String> values(String label) throws Exception {
        return texts(prometheus.get("/api/v1/label/" + label + "/values"));
    }

    private static Set<String> texts(JsonNode array) {
        Set<String> texts = new TreeSet<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
