package io.tributary.local.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.tributary.job.connectors.Output;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The page in Chromium beside the documents that it has to show, which nobody writes meanwhile. */
public final class ComparedPage implements AutoCloseable {

    private static final int LATEST = 50;

    private final Browser browser;
    private final String address;
    private final IndexDocuments index;
    private final List<String> errors = new ArrayList<>();
    private final Page page;

    /**
     * @param address of the page, such as {@code http://127.0.0.1:8080/}
     */
    public ComparedPage(Browser browser, String address, IndexDocuments index) {
        this.browser = browser;
        this.address = address;
        this.index = index;
        this.page = open("", ColorScheme.LIGHT);
    }

    private Page open(String fragment, ColorScheme scheme) {
        Page opened = browser.open(scheme);
        opened.onPageError(errors::add);
        opened.navigate(address + fragment);
        assertThat(opened.locator("#state")).containsText("Connected");
        return opened;
    }

    private ShownPage shown() {
        return new ShownPage(page);
    }

    /** Events by minute and channel. */
    public void ratesAreThoseOfTheIndex() throws Exception {
        Map<String, Map<String, Long>> expected =
                Expected.eventsPerMinute(index.of(Output.METRICS));
        Map<String, Map<String, Long>> shown = new TreeMap<>();
        shown().columns("#live")
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
        assertThat(shown().tile("Events in the last hour")).isEqualTo(number(total));
        assertThat(page.locator("#live g.bar title").allTextContents())
                .allSatisfy(title -> assertThat(title).matches("\\d\\d:\\d\\d: \\d+ events .*"))
                .hasSize(expected.size());
    }

    /** Detected by definition and step, in a day and in an hour; by definition and status. */
    public void painPointsOverTimeAreThoseOfTheIndex() throws Exception {
        List<JsonNode> painPoints = index.of(Output.PAIN_POINTS);

        assertThat(shown().columns("#over-time")).isEqualTo(Expected.overTime(painPoints, 48, 30));
        page.getByText("1 hour").click();
        Map<String, Map<String, Long>> hour = Expected.overTime(painPoints, 60, 1);
        assertThat(page.locator("#over-time details tbody tr"))
                .hasCount(
                        (int)
                                hour.values().stream()
                                        .flatMap(m -> m.keySet().stream())
                                        .distinct()
                                        .count());
        assertThat(shown().columns("#over-time")).isEqualTo(hour);

        Map<String, Long> status = Expected.counts(painPoints, "status");
        assertThat(shown().tile("Pain points detected")).isEqualTo(number(status.get("detected")));
        for (List<String> row : shown().rows("#over-time > .scroll")) {
            List<JsonNode> ofPattern =
                    painPoints.stream()
                            .filter(p -> row.get(0).endsWith(" " + p.path("pattern").asText()))
                            .toList();
            Map<String, Long> counts = Expected.counts(ofPattern, "status");
            assertThat(row.subList(3, 6))
                    .containsExactly(
                            number(counts.getOrDefault("detected", 0L)),
                            number(counts.getOrDefault("open", 0L)),
                            number(counts.getOrDefault("retracted", 0L)));
        }
    }

    /** The latest decisions, all reasons, and how many customers there are. */
    public void decisionsAndTheirReasonsAreThoseOfTheIndex() throws Exception {
        List<JsonNode> decisions = index.of(Output.INTERVENTIONS);

        assertThat(shown().rows("#decisions"))
                .containsExactlyElementsOf(
                        Expected.latest(decisions, "decidedAt", LATEST).stream()
                                .map(ComparedPage::decisionRow)
                                .toList());
        Map<String, String> reasons = new TreeMap<>();
        shown().rows("#reasons").forEach(row -> reasons.put(row.get(0), row.get(2)));
        Map<String, String> expected = new TreeMap<>();
        Expected.counts(decisions, "reason")
                .forEach((reason, count) -> expected.put(reason.replace('_', ' '), number(count)));
        assertThat(reasons).isEqualTo(expected);
        assertThat(shown().tile("Customers")).isEqualTo(number(index.of(Output.CUSTOMERS).size()));
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

    /** The timeline of the latest decision's customer, by a click, by its link, by a search. */
    public void decisionLeadsToItsCustomersTimelineWhichALinkShares() throws Exception {
        List<JsonNode> decisions = index.of(Output.INTERVENTIONS);
        List<JsonNode> customers = index.of(Output.CUSTOMERS);
        String id = Expected.latest(decisions, "decidedAt", 1).get(0).path("customer").asText();
        JsonNode customer =
                customers.stream()
                        .filter(c -> c.path("id").asText().equals(id))
                        .findFirst()
                        .orElseThrow();

        // the link of a row covers all of it, which Playwright would otherwise object to
        page.locator("#decisions tbody tr")
                .first()
                .locator("td")
                .first()
                .click(new Locator.ClickOptions().setForce(true));

        assertThat(page.locator("#customer h1")).hasText("Customer " + id);
        List<String> shown = shown().timeline();
        assertThat(shown)
                .containsExactlyInAnyOrderElementsOf(
                        Expected.timeline(customer, index.of(Output.PAIN_POINTS), decisions));
        assertThat(shown.stream().map(line -> line.split(" \\| ")[1]).toList())
                .isSortedAccordingTo(Comparator.reverseOrder());

        String identifier = identifierOfNobodyElse(customer, customers);
        for (String fragment :
                List.of(
                        page.url().substring(page.url().indexOf('#')),
                        "#/customers/" + identifier)) {
            Page other = open(fragment, ColorScheme.DARK);
            assertThat(other.locator("#customer h1")).hasText("Customer " + id);
            assertThat(new ShownPage(other).timeline()).isEqualTo(shown);
            other.context().close();
        }
    }

    /** A device may also be a customer by itself, for what was done on it before a log-in. */
    private static String identifierOfNobodyElse(JsonNode customer, List<JsonNode> customers) {
        List<String> all =
                customers.stream()
                        .flatMap(c -> c.path("identifiers").valueStream())
                        .map(JsonNode::asText)
                        .toList();
        return customer.path("identifiers")
                .valueStream()
                .map(JsonNode::asText)
                .filter(i -> !i.equals(customer.path("id").asText()))
                .filter(i -> Collections.frequency(all, i) == 1)
                .findFirst()
                .orElseThrow();
    }

    private static String number(long value) {
        return String.format("%,d", value);
    }

    /** Ends the page, in which no script may have failed. */
    @Override
    public void close() {
        page.context().close();
        assertThat(errors).isEmpty();
    }
}
