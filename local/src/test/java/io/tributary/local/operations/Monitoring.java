package io.tributary.local.operations;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.local.process.PrometheusProcess;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A Prometheus with the product's rules that scrapes a Flink, and what it can answer. */
public final class Monitoring implements AutoCloseable {

    private static final String RATE_INTERVAL = "10s";

    private final PrometheusProcess prometheus;
    private final long begin;

    private Monitoring(PrometheusProcess prometheus) throws Exception {
        this.prometheus = prometheus;
        this.begin = now();
    }

    /**
     * Begins to scrape, every second.
     *
     * @param target host:port of a Prometheus reporter, which need not be there yet
     */
    public static Monitoring start(String target, Path folder) throws Exception {
        Path config =
                Files.writeString(
                        folder.resolve("prometheus.yml"),
                        String.join(
                                "\n",
                                "global: {scrape_interval: 1s, evaluation_interval: 1s}",
                                "rule_files: ['" + Alerts.RULES + "']",
                                "scrape_configs:",
                                "  - job_name: tributary-taskmanager",
                                "    static_configs: [{targets: ['" + target + "']}]",
                                ""));
        PrometheusProcess prometheus = PrometheusProcess.start(config, folder);
        try {
            return new Monitoring(prometheus);
        } catch (Exception e) {
            prometheus.close();
            throw e;
        }
    }

    /** Queries of the Grafana dashboard for which it would draw nothing since the beginning. */
    public List<Dashboard.Query> emptyPanels() throws Exception {
        List<Dashboard.Query> empty = new ArrayList<>();
        for (Dashboard.Query query : Dashboard.queries(RATE_INTERVAL)) {
            if (!query.emptyWhenHealthy() && isEmpty(query.expression())) {
                empty.add(query);
            }
        }
        return empty;
    }

    /** Those whose panel says that it is empty when healthy. */
    public List<Dashboard.Query> queriesThatMayBeEmpty() throws Exception {
        return Dashboard.queries(RATE_INTERVAL).stream()
                .filter(Dashboard.Query::emptyWhenHealthy)
                .toList();
    }

    /** Whether an expression had no value since the beginning but NaN. */
    public boolean isEmpty(String expression) throws Exception {
        JsonNode series =
                prometheus
                        .get(
                                "/api/v1/query_range?query="
                                        + URLEncoder.encode(expression, StandardCharsets.UTF_8)
                                        + "&start="
                                        + begin
                                        + "&end="
                                        + now()
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
    }

    /** Prometheus' own clock, epoch seconds. */
    private long now() throws Exception {
        return (long) prometheus.query("time()").path(1).asDouble();
    }

    /** The rules as Prometheus evaluates them. */
    public JsonNode rules() throws Exception {
        return prometheus.get("/api/v1/rules").at("/groups/0/rules");
    }

    /** Names of all metrics. */
    public Set<String> metrics() throws Exception {
        return values("__name__");
    }

    public Set<String> labels() throws Exception {
        return texts(prometheus.get("/api/v1/labels"));
    }

    /** All values of a label. */
    public Set<String> values(String label) throws Exception {
        return texts(prometheus.get("/api/v1/label/" + label + "/values"));
    }

    /** Series of what is there once, or as often as there are subtasks. */
    public int seriesOfOneSubtask() throws Exception {
        return prometheus
                .query("count({__name__=~\"flink_.*\", subtask_index=~\"0?\"})")
                .at("/0/value/1")
                .asInt();
    }

    private static Set<String> texts(JsonNode array) {
        Set<String> texts = new TreeSet<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    @Override
    public void close() throws InterruptedException {
        prometheus.close();
    }
}
