package io.tributary.local.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.event.CanonicalJson;
import io.tributary.job.backtest.BacktestCommand;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine;

/**
 * What was found in events, whoever found it.
 *
 * @param detected pain points that stand, whole but for the revision, by id
 * @param customers documents but for the revision and the names of sources, by id
 */
record Findings(Map<String, String> detected, Map<String, String> customers) {

    /** What the jobs told last. */
    static Findings of(ClusterTopics topics) {
        return of(topics.latest("pain-points"), topics.latest("customers"));
    }

    /** What an undisturbed, bounded run over files finds. */
    static Findings ofBacktest(Path definitions, Path events, Path out) throws IOException {
        int status =
                new CommandLine(new BacktestCommand())
                        .execute(
                                "--definitions=" + definitions,
                                "--out=" + out,
                                "--events",
                                events.toString());
        if (status != 0) {
            throw new IllegalStateException("backtest ended with status " + status);
        }
        return of(lines(out.resolve("pain-points.ndjson")), lines(out.resolve("customers.ndjson")));
    }

    long detectedBy(String pattern) {
        return detected.values().stream()
                .filter(painPoint -> painPoint.contains("\"pattern\":\"" + pattern + "\""))
                .count();
    }

    private static Findings of(List<JsonNode> painPoints, List<JsonNode> customers) {
        return new Findings(
                byId(
                        painPoints.stream()
                                .filter(each -> each.path("status").asText().equals("detected"))
                                .toList()),
                byId(customers));
    }

    private static Map<String, String> byId(List<JsonNode> documents) {
        Map<String, String> all = new TreeMap<>();
        for (JsonNode document : documents) {
            ObjectNode plain = document.deepCopy();
            plain.remove("revision");
            // a file is another source than a topic
            plain.path("explanation").forEach(reason -> ((ObjectNode) reason).remove("source"));
            all.put(plain.path("id").asText(), CanonicalJson.string(plain));
        }
        return all;
    }

    private static List<JsonNode> lines(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .map(line -> CanonicalJson.parse(line.getBytes(StandardCharsets.UTF_8)))
                .toList();
    }
}
