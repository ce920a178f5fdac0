package io.tributary.local.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a reader of the page sees, as values. */
final class ShownPage {

    private static final String ROWS =
            "rows => rows.map(row => [...row.cells].map(cell => cell.textContent))";

    private static final String TIMELINE =
            """
            items => items.map(item => {
              const text = (selector) => item.querySelector(selector)?.textContent;
              const dwell = item.querySelector('.note time')?.getAttribute('datetime');
              const kind = item.className;
              const what = {
                touchpoint: () => [text('.type'), text('.note')],
                stage: () => [text('.what > span'), dwell && Math.round(dwell.slice(2, -1) * 1000)],
                'pain-point': () => [text('b'), text('.badge'), text('.severity')],
                decision: () => [text('b'), text('.badge'), text('.reason')],
              }[kind]();
              const time = item.querySelector('.at time').getAttribute('datetime');
              return [kind, time, what.filter(Boolean).join(' ')].join(' | ');
            })\
            """;

    private final Page page;

    ShownPage(Page page) {
        this.page = page;
    }

    /** The number under a title. */
    String tile(String title) {
        return page.locator("#totals div")
                .filter(new Locator.FilterOptions().setHasText(title))
                .locator("dd")
                .first()
                .textContent();
    }

    /** The table beside a chart: title of a column to first cell of a row to count, without 0. */
    Map<String, Map<String, Long>> columns(String view) {
        List<String> titles = page.locator(view + " details th").allTextContents();
        Map<String, Map<String, Long>> columns = new TreeMap<>();
        for (List<String> row : rows(view + " details")) {
            for (int i = 1; i < titles.size(); i++) {
                long count = Long.parseLong(row.get(i));
                if (count > 0) {
                    columns.computeIfAbsent(titles.get(i), t -> new TreeMap<>())
                            .put(row.get(0), count);
                }
            }
        }
        return columns;
    }

    /** The texts of a table's body; waits until there is any. */
    @SuppressWarnings("unchecked")
    List<List<String>> rows(String inside) {
        Locator rows = page.locator(inside + " tbody tr");
        rows.first().waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.ATTACHED));
        return (List<List<String>>) rows.evaluateAll(ROWS);
    }

    /** One line an entry, as {@link Expected#timeline} writes them. */
    @SuppressWarnings("unchecked")
    List<String> timeline() {
        assertThat(page.locator("#customer ol").first()).isVisible();
        assertThat(page.locator("#state")).containsText("Connected");
        return (List<String>) page.locator(".timeline li").evaluateAll(TIMELINE);
    }
}
