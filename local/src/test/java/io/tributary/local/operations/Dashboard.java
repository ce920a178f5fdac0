package io.tributary.local.operations;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.event.CanonicalJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The queries of {@code deploy/grafana/tributary.json}. */
public final class Dashboard {

    private static final Path FILE = Path.of("../deploy/grafana/tributary.json");
    private static final String EMPTY_WHEN_HEALTHY = "Empty when healthy";

    /**
     * One query.
     *
     * @param expression with Grafana's variables filled in
     * @param emptyWhenHealthy whether the panel's description says so
     */
    public record Query(String panel, String expression, boolean emptyWhenHealthy) {}

    private Dashboard() {}

    /**
     * All queries.
     *
     * @param rateInterval for {@code $__rate_interval}, such as {@code 15s}
     */
    static List<Query> queries(String rateInterval) throws IOException {
        List<Query> queries = new ArrayList<>();
        for (JsonNode panel : CanonicalJson.parse(Files.readAllBytes(FILE)).path("panels")) {
            boolean mayBeEmpty = panel.path("description").asText().startsWith(EMPTY_WHEN_HEALTHY);
            for (JsonNode target : panel.path("targets")) {
                queries.add(
                        new Query(
                                panel.path("title").asText(),
                                target.path("expr")
                                        .asText()
                                        .replace("$__rate_interval", rateInterval),
                                mayBeEmpty));
            }
        }
        return queries;
    }
}
