package io.tributary.local.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.tributary.local.page.ScriptedDocument.SCRIPT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions;
import com.microsoft.playwright.options.ColorScheme;
import io.tributary.dashboard.DashboardServer;
import io.tributary.job.connectors.Output;
import io.tributary.local.process.ElasticsearchProcess;
import io.tributary.local.process.Servers;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The page in Chromium, over a real Elasticsearch that holds the pipeline's documents. */
@ExtendWith(Servers.class)
class DashboardPageIT {

    private static final int LATEST = 50;
    private static final double RECOVERY_MILLIS = 60_000;

    private static IndexedBacktest index;
    private static DashboardServer server;
    private static Browser browser;

    private Page page;
    private final List<String> errors = new ArrayList<>();

    @BeforeAll
    static void start(ElasticsearchProcess elasticsearch, @TempDir Path folder) throws Exception {
        assumeTrue(
                Browser.isInstalled(),
                "there is no /usr/bin/chromium; local/debian-packages chromium installs it");
        index = new IndexedBacktest(elasticsearch.url(), "page-tributary-");
        index.fill(folder);
        server =
                DashboardServer.start(
                        URI.create(elasticsearch.url()), "page-tributary-", "127.0.0.1", 0);
        browser = new Browser();
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void open() {
        page = open("/", ColorScheme.LIGHT);
    }

    @AfterEach
    void close() {
        page.context().close();
    }

    private Page open(String address, ColorScheme scheme) {
        Page opened = browser.open(scheme);
        opened.onPageError(errors::add);
        opened.navigate("http://127.0.0.1:" + server.port() + address);
        assertThat(opened.locator("#state")).containsText("Connected");
        return opened;
    }

    private static ShownPage shown(Page page) {
        return new ShownPage(page);
    }

    @Test
    void theRatesAreThoseOfTheIndex() throws Exception {
        Map<String, Map<String, Long>> expected =
                Expected.eventsPerMinute(index.documents(Output.METRICS));
        Map<String, Map<String, Long>> shown = new TreeMap<>();
        shown(page)
                .columns("#live")
                .forEach(
                        (channel, minutes) ->
                                minutes.forEach(
                                        (minute, count) -> {
                                            shown.computeIfAbsent(minute, m -> new TreeMap<>())
                                                    .put(channel, count);
                                        }));

        assertThat(shown).isEqualTo(expected);
        long total =
                expected.values().stream()
                        .flatMap(m -> m.values().stream())
                        .mapToLong(n -> n)
                        .sum();
        assertThat(shown(page).tile("Events in the last hour"))
                .isEqualTo(String.format("%,d", total));
        assertThat(page.locator("#live g.bar title").allTextContents())
                .allSatisfy(title -> assertThat(title).matches("\\d\\d:\\d\\d: \\d+ events .*"))
                .hasSize(expected.size());
    }

    @Test
    void painPointsOverTimeAreThoseOfTheIndex() throws Exception {
        List<JsonNode> painPoints = index.documents(Output.PAIN_POINTS);

        assertThat(shown(page).columns("#over-time"))
                .isEqualTo(Expected.overTime(painPoints, 48, 30));
        page.getByText("1 hour").click();
        Map<String, Map<String, Long>> hour = Expected.overTime(painPoints, 60, 1);
        assertThat(page.locator("#over-time details tbody tr"))
                .hasCount(
                        (int)
                                hour.values().stream()
                                        .flatMap(m -> m.keySet().stream())
                                        .distinct()
                                        .count());
        assertThat(shown(page).columns("#over-time")).isEqualTo(hour);

        Map<String, Long> status = Expected.counts(painPoints, "status");
        assertThat(shown(page).tile("Pain points detected"))
                .isEqualTo(status.get("detected").toString());
        for (List<String> row : shown(page).rows("#over-time > .scroll")) {
            List<JsonNode> ofPattern =
                    painPoints.stream()
                            .filter(p -> row.get(0).endsWith(" " + p.path("pattern").asText()))
                            .toList();
            Map<String, Long> counts = Expected.counts(ofPattern, "status");
            assertThat(row.subList(3, 6))
                    .containsExactly(
                            counts.getOrDefault("detected", 0L).toString(),
                            counts.getOrDefault("open", 0L).toString(),
                            counts.getOrDefault("retracted", 0L).toString());
        }
    }

    @Test
    void theLatestDecisionsAndTheirReasonsAreThoseOfTheIndex() throws Exception {
        List<JsonNode> decisions = index.documents(Output.INTERVENTIONS);

        assertThat(shown(page).rows("#decisions"))
                .containsExactlyElementsOf(
                        Expected.latest(decisions, "decidedAt", LATEST).stream()
                                .map(DashboardPageIT::decisionRow)
                                .toList());
        Map<String, Long> reasons = new TreeMap<>();
        shown(page)
                .rows("#reasons")
                .forEach(row -> reasons.put(row.get(0), Long.valueOf(row.get(2))));
        Map<String, Long> expected = new TreeMap<>();
        Expected.counts(decisions, "reason")
                .forEach((reason, count) -> expected.put(reason.replace('_', ' '), count));
        assertThat(reasons).isEqualTo(expected);
        assertThat(shown(page).tile("Customers"))
                .isEqualTo(Integer.toString(index.documents(Output.CUSTOMERS).size()));
    }

    private static List<String> decisionRow(JsonNode decision) {
        List<String> row = new ArrayList<>();
        row.add(decision.path("decidedAt").asText().substring(0, 19).replace('T', ' '));
        for (String field :
                List.of("pattern", "status", "reason", "action", "channel", "arm", "customer")) {
            JsonNode value = decision.path(field);
            row.add(
                    value.isNull()
                            ? "–"
                            : field.matches("reason|action")
                                    ? value.asText().replace('_', ' ')
                                    : value.asText());
        }
        return row;
    }

    @Test
    void aDecisionLeadsToItsCustomersTimelineWhichALinkShares() throws Exception {
        List<JsonNode> decisions = index.documents(Output.INTERVENTIONS);
        JsonNode latest = Expected.latest(decisions, "decidedAt", 1).get(0);
        String id = latest.path("customer").asText();
        JsonNode customer =
                index.documents(Output.CUSTOMERS).stream()
                        .filter(c -> c.path("id").asText().equals(id))
                        .findFirst()
                        .orElseThrow();

        clickAnywhere(page.locator("#decisions tbody tr").first().locator("td").first());

        assertThat(page.locator("#customer h1")).hasText("Customer " + id);
        List<String> shown = shown(page).timeline();
        assertThat(shown)
                .containsExactlyInAnyOrderElementsOf(
                        Expected.timeline(
                                customer, index.documents(Output.PAIN_POINTS), decisions));
        assertThat(shown.stream().map(line -> line.split(" \\| ")[1]).toList())
                .isSortedAccordingTo(Comparator.reverseOrder());

        String identifier = customer.path("identifiers").get(0).asText();
        for (String address : List.of(page.url(), "#/customers/" + identifier)) {
            Page other = open("/" + address.substring(address.indexOf('#')), ColorScheme.DARK);
            assertThat(other.locator("#customer h1")).hasText("Customer " + id);
            assertThat(shown(other).timeline()).isEqualTo(shown);
            other.context().close();
        }
    }

    /** The link of a row covers all of it, which Playwright would otherwise object to. */
    private static void clickAnywhere(Locator cell) {
        cell.click(new Locator.ClickOptions().setForce(true));
    }

    @Test
    void theKeyboardLeadsToATimelineAndBack() {
        page.locator("#decisions a").first().focus();
        page.keyboard().press("Enter");
        assertThat(page.locator("#customer h1")).isVisible();
        page.getByLabel("Stages").focus();
        page.keyboard().press("Space");
        assertThat(page.locator("li.touchpoint").first()).isVisible();
        assertThat(page.locator("li.stage:visible")).hasCount(0);
        page.getByText("← Overview").focus();
        page.keyboard().press("Enter");
        assertThat(page.locator("#decisions a").first()).isVisible();
    }

    @Test
    void aScriptInADocumentIsTextAndNeverRuns() throws Exception {
        Map<Output, ObjectNode> documents = new TreeMap<>();
        for (Output output : List.of(Output.CUSTOMERS, Output.PAIN_POINTS, Output.INTERVENTIONS)) {
            JsonNode latest = Expected.latest(index.documents(output), time(output), 1).get(0);
            documents.put(output, ScriptedDocument.of(latest));
        }
        try {
            for (Map.Entry<Output, ObjectNode> document : documents.entrySet()) {
                index.index(document.getKey(), List.of(document.getValue()));
            }
            page.reload();
            for (String view : List.of("#decisions", "#pain-points", "#over-time", "#reasons")) {
                assertThat(page.locator(view)).containsText(SCRIPT);
            }
            page.locator("#decisions a", new Page.LocatorOptions().setHasText(SCRIPT))
                    .first()
                    .click();
            assertThat(page.locator("#customer h1")).containsText(SCRIPT);
            for (String kind : List.of("touchpoint", "stage", "pain-point", "decision")) {
                assertThat(page.locator("#customer li." + kind).first()).containsText(SCRIPT);
            }
            assertThat(page.evaluate("window.ran")).isNull();
            assertThat(page.locator("main img, main script")).hasCount(0);
        } finally {
            for (Output output : documents.keySet()) {
                index.delete(output, ScriptedDocument.SCRIPT);
            }
        }
    }

    private static String time(Output output) {
        return Map.of(
                        Output.CUSTOMERS, "updatedAt",
                        Output.PAIN_POINTS, "start",
                        Output.INTERVENTIONS, "decidedAt")
                .get(output);
    }

    @Test
    void whileElasticsearchIsAwayThePageSaysSoAndThenRecovers(ElasticsearchProcess elasticsearch)
            throws Exception {
        List<List<String>> before = shown(page).rows("#decisions");
        assertThat(page.locator("#away")).isHidden();

        elasticsearch.stop();
        try {
            assertThat(page.locator("#away"))
                    .containsText("Elasticsearch at " + elasticsearch.url() + " does not answer");
            assertThat(page.locator("#away")).containsText("What is shown was read at");
            assertThat(page.locator("#state")).hasText("Not connected");
            assertThat(shown(page).rows("#decisions")).isEqualTo(before);
        } finally {
            elasticsearch.start();
        }

        assertThat(page.locator("#state.good"))
                .isVisible(new IsVisibleOptions().setTimeout(RECOVERY_MILLIS));
        assertThat(page.locator("#away")).isHidden();
        assertThat(shown(page).rows("#decisions")).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource(
            value = ColorScheme.class,
            names = {"LIGHT", "DARK"})
    void nothingKeepsAReaderOut(ColorScheme scheme) {
        Page read = open("/", scheme);
        assertThat(read.locator("#decisions a").first()).isVisible();
        for (Locator details : read.locator("details").all()) {
            details.locator("summary").click();
        }
        assertThat(serious(read)).isEmpty();
        read.locator("#decisions a").first().click();
        assertThat(read.locator("#customer ol").first()).isVisible();
        assertThat(serious(read)).isEmpty();
        read.context().close();
    }

    private static List<String> serious(Page page) {
        return new AxeBuilder(page)
                .analyze().getViolations().stream()
                        .filter(rule -> rule.getImpact().matches("serious|critical"))
                        .map(DashboardPageIT::told)
                        .toList();
    }

    private static String told(Rule rule) {
        return rule.getId() + ": " + rule.getNodes().stream().map(node -> node.getHtml()).toList();
    }

    @AfterEach
    void noScriptOfThePageFailed() {
        assertThat(errors).isEmpty();
    }
}
