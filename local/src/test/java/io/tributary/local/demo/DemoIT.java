package io.tributary.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.local.Eventually;
import io.tributary.local.operations.Alerts;
import io.tributary.local.operations.Commands;
import io.tributary.local.operations.Dashboard;
import io.tributary.local.operations.Monitoring;
import io.tributary.local.page.Browser;
import io.tributary.local.page.ComparedPage;
import io.tributary.local.page.IndexDocuments;
import io.tributary.local.process.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestClassOrder;
import org.junit.jupiter.api.io.TempDir;

/** One demo: its summary, its page, its metrics, its end. */
@TestClassOrder(ClassOrderer.OrderAnnotation.class)
class DemoIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static RunningDemo demo;
    private static Monitoring monitoring;

    @BeforeAll
    static void run(@TempDir Path folder) throws Exception {
        int port = Folders.freePort();
        if (Commands.isPresent("prometheus")) {
            monitoring = Monitoring.start("127.0.0.1:" + port, folder);
        }
        demo = RunningDemo.start("--for=15s", "--metrics-port=" + port);
        demo.awaitSummary();
    }

    @AfterAll
    static void close() throws Exception {
        if (demo != null) {
            demo.close();
        }
        if (monitoring != null) {
            monitoring.close();
        }
    }

    @Test
    void allThatIsPlantedOfEachDefinitionIsFoundAndNothingElse() throws Exception {
        assertThat(demo.definitions())
                .extracting(row -> row.get(0))
                .containsExactlyElementsOf(library());
        assertThat(demo.definitions())
                .allSatisfy(
                        row -> {
                            assertThat(row.get(1)).matches("[1-9]\\d*");
                            assertThat(row.subList(2, 4)).containsExactly(row.get(1), "0");
                        });
        assertThat(demo.out())
                .contains("All that was planted was found; Kafka and Elasticsearch hold the same.")
                .contains("first pain point, ");
        assertThat(demo.err()).isEmpty();
    }

    @Test
    void flinkTakesAnyFreePort() {
        assertThat(demo.url("Flink")).doesNotEndWith(":8081");
    }

    private static Set<String> library() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("../definitions/patterns"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".yaml"))
                    .map(name -> name.substring(0, name.length() - ".yaml".length()))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    /** What the page shows, beside what is in Elasticsearch. */
    @Nested
    @Order(1)
    class ThePage {

        private static Browser browser;

        private ComparedPage page;

        @BeforeAll
        static void start() {
            Browser.require();
            browser = new Browser();
        }

        @AfterAll
        static void stop() {
            if (browser != null) {
                browser.close();
            }
        }

        @BeforeEach
        void open() {
            page =
                    new ComparedPage(
                            browser,
                            demo.url("dashboard"),
                            new IndexDocuments(demo.url("Elasticsearch"), "tributary-"));
        }

        @AfterEach
        void close() {
            page.close();
        }

        @Test
        void showsTheRatesOfTheIndex() throws Exception {
            page.ratesAreThoseOfTheIndex();
        }

        @Test
        void showsThePainPointsOfTheIndexOverTime() throws Exception {
            page.painPointsOverTimeAreThoseOfTheIndex();
        }

        @Test
        void showsTheLatestDecisionsOfTheIndexAndAllReasons() throws Exception {
            page.decisionsAndTheirReasonsAreThoseOfTheIndex();
        }

        @Test
        void leadsFromADecisionToItsCustomersTimelineWhichALinkShares() throws Exception {
            page.decisionLeadsToItsCustomersTimelineWhichALinkShares();
        }
    }

    /** What a Prometheus sees that scraped the demo from its beginning. */
    @Nested
    @Order(2)
    class TheMetrics {

        /** Of both jobs; each further subtask adds as many as it has itself. */
        private static final int MOST_SERIES = 2_600;

        /** Beside {@code le}, whose values are the bounds of the buckets. */
        private static final Set<String> LABELS =
                Set.of(
                        "__name__",
                        "alertname",
                        "alertstate",
                        "instance",
                        "job",
                        "job_name",
                        "le",
                        "operator_name",
                        "pattern",
                        "reason",
                        "severity",
                        "status",
                        "subtask_index",
                        "task_name",
                        "tm_id",
                        "trigger",
                        "version");

        @BeforeAll
        static void require() {
            Commands.require("prometheus");
        }

        @Test
        void leaveNoPanelOfTheDashboardEmpty() throws Exception {
            assertThat(Eventually.ask(monitoring::emptyPanels, List::isEmpty, PATIENCE)).isEmpty();
        }

        @Test
        void leaveAPanelEmptyThatAsksForWhatIsNotThere() throws Exception {
            assertThat(monitoring.isEmpty("rate(flink_none[10s])")).isTrue();
            assertThat(monitoring.isEmpty("0 * up / 0")).isTrue();
            assertThat(monitoring.isEmpty("up")).isFalse();
        }

        @Test
        void haveWhatIsAskedForByAPanelThatIsEmptyWhenHealthy() throws Exception {
            Set<String> known = monitoring.metrics();
            known.add("ALERTS"); // Prometheus' own, for what AlertsTest lets fire
            assertThat(monitoring.queriesThatMayBeEmpty())
                    .extracting(Dashboard.Query::panel)
                    .containsExactly("Firing");
            for (Dashboard.Query query : monitoring.queriesThatMayBeEmpty()) {
                assertThat(Alerts.metrics(query.expression())).isNotEmpty().isSubsetOf(known);
                monitoring.isEmpty(query.expression());
            }
        }

        @Test
        void haveWhatTheAlertsAskFor() throws Exception {
            for (Alerts.Rule rule : Alerts.rules()) {
                assertThat(Alerts.metrics(rule.expression()))
                        .as(rule.alert())
                        .isNotEmpty()
                        .isSubsetOf(monitoring.metrics());
            }
        }

        @Test
        void letPrometheusEvaluateTheAlerts() throws Exception {
            JsonNode rules =
                    Eventually.ask(
                            monitoring::rules,
                            all ->
                                    all.findValuesAsText("health").stream()
                                            .noneMatch("unknown"::equals),
                            PATIENCE);
            assertThat(rules).hasSize(Alerts.rules().size());
            assertThat(rules.findValuesAsText("health")).containsOnly("ok");
        }

        @Test
        void haveFewLabelsWhichNameNoCustomerAndNoEvent() throws Exception {
            assertThat(monitoring.labels())
                    .isSubsetOf(LABELS)
                    .contains("pattern", "reason", "trigger");
            assertThat(monitoring.values("pattern")).isSubsetOf(library());
            assertThat(monitoring.values("trigger")).containsExactly("deadline", "event");
            assertThat(monitoring.values("status"))
                    .isSubsetOf(
                            "detected", "retracted", "open", "offered", "suppressed", "cancelled");
            assertThat(monitoring.seriesOfOneSubtask()).isBetween(1, MOST_SERIES);
        }
    }

    /** After which nothing can be asked any more. */
    @Nested
    @Order(3)
    class TheEnd {

        @Test
        void isGoodAndLeavesNoProcessAndNoFolder() throws Exception {
            Set<ProcessHandle> servers = demo.servers();
            Set<Path> folders = demo.folders();
            assertThat(servers).isNotEmpty();
            assertThat(folders)
                    .extracting(folder -> folder.getFileName().toString().replaceAll("-\\d+$", ""))
                    .containsExactly(
                            "tributary-demo", "tributary-elasticsearch", "tributary-kafka");

            assertThat(demo.end()).isZero();

            assertThat(demo.err()).isEmpty();
            assertThat(servers).noneMatch(ProcessHandle::isAlive);
            assertThat(folders).noneMatch(Files::exists);
        }
    }
}
