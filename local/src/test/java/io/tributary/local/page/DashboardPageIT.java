package io.tributary.local.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.tributary.local.page.ScriptedDocument.SCRIPT;
import static org.assertj.core.api.Assertions.assertThat;

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

/**
 * How the page behaves in Chromium, over a real Elasticsearch that holds the pipeline's documents;
 * that it shows them as they are, {@code DemoIT} sees.
 */
@ExtendWith(Servers.class)
class DashboardPageIT {

    private static final String PREFIX = "page-tributary-";
    private static final double RECOVERY_MILLIS = 60_000;

    private static IndexDocuments documents;
    private static IndexedBacktest index;
    private static DashboardServer server;
    private static Browser browser;

    private Page page;
    private final List<String> errors = new ArrayList<>();

    @BeforeAll
    static void start(ElasticsearchProcess elasticsearch, @TempDir Path folder) throws Exception {
        Browser.require();
        documents = new IndexDocuments(elasticsearch.url(), PREFIX);
        index = new IndexedBacktest(documents);
        index.fill(folder);
        server = DashboardServer.start(URI.create(elasticsearch.url()), PREFIX, "127.0.0.1", 0);
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
        Map<Output, ObjectNode> scripted = new TreeMap<>();
        for (Output output : List.of(Output.CUSTOMERS, Output.PAIN_POINTS, Output.INTERVENTIONS)) {
            JsonNode latest = Expected.latest(documents.of(output), time(output), 1).get(0);
            scripted.put(output, ScriptedDocument.of(latest));
        }
        try {
            for (Map.Entry<Output, ObjectNode> document : scripted.entrySet()) {
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
            for (Output output : scripted.keySet()) {
                index.delete(output, ScriptedDocument.SCRIPT);
            }
        }
    }

    @Test
    void aCustomersIdentifiersAreExplainedInSentences() throws Exception {
        JsonNode customer =
                documents.of(Output.CUSTOMERS).stream()
                        .max(Comparator.comparingInt(c -> c.path("explanation").size()))
                        .orElseThrow();
        Page read = open("/#/customers/" + customer.path("id").asText(), ColorScheme.LIGHT);
        assertThat(read.locator("#customer .explanation li"))
                .hasText(Expected.explanation(customer).toArray(String[]::new));
        assertThat(Expected.explanation(customer))
                .hasSizeGreaterThan(1)
                .anyMatch(sentence -> sentence.contains(" because an event named both"));
        read.context().close();
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
