package io.tributary.job.backtest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.event.CanonicalJson;
import io.tributary.event.EventTime;
import io.tributary.job.connectors.Output;
import io.tributary.pattern.InterventionSpec;
import io.tributary.pattern.PatternDefinition;
import java.util.Map;
import java.util.TreeMap;

/** Counts what a backtest wrote: {@code report.json} and the table on the terminal. */
final class BacktestReport {

    private final Map<String, Findings> byPattern = new TreeMap<>();
    private final Map<String, Long> written = new TreeMap<>();
    private final History history;
    private final HistoryScan input;
    private final long end;

    /**
     * @param patterns all definitions, so that those that found nothing are shown, too
     * @param input what the history holds
     * @param end epoch milliseconds up to which the run went
     */
    BacktestReport(
            Iterable<PatternDefinition> patterns, History history, HistoryScan input, long end) {
        patterns.forEach(
                pattern -> {
                    InterventionSpec spec = pattern.intervention();
                    findings(pattern.id()).hasHoldout |= spec != null && spec.holdout() > 0;
                });
        this.history = history;
        this.input = input;
        this.end = end;
    }

    /**
     * Takes in one line.
     *
     * @param file name without {@code .ndjson}
     */
    void add(String file, byte[] line) {
        written.merge(file, 1L, Long::sum);
        if (file.equals(Output.PAIN_POINTS.topic())) {
            JsonNode painPoint = CanonicalJson.parse(line);
            findings(painPoint).addPainPoint(painPoint);
        } else if (file.equals(Output.INTERVENTIONS.topic())) {
            JsonNode decision = CanonicalJson.parse(line);
            findings(decision).addDecision(decision);
        } else if (file.equals(RunLine.RETRACTIONS)) {
            JsonNode retraction = CanonicalJson.parse(line);
            findings(retraction).addRetraction(retraction);
        }
    }

    private Findings findings(JsonNode document) {
        return findings(document.path("pattern").asText());
    }

    private Findings findings(String pattern) {
        return byPattern.computeIfAbsent(pattern, id -> new Findings());
    }

    ObjectNode toJson() {
        ObjectNode json = CanonicalJson.object();
        ObjectNode in = json.putObject("input");
        in.put("lines", input.lines());
        in.put("events", input.events());
        in.put("afterEnd", input.afterEnd());
        in.put("late", input.late());
        ObjectNode rejected = in.putObject("rejected");
        input.rejectedByReason().forEach(rejected::put);
        in.put("first", input.hasEvents() ? EventTime.format(input.first()) : null);
        in.put("last", input.hasEvents() ? EventTime.format(input.last()) : null);
        history.describe(in);
        json.put("end", EventTime.format(end));
        ObjectNode output = json.putObject("written");
        for (Output each : Output.values()) {
            output.put(each.topic(), written.getOrDefault(each.topic(), 0L));
        }
        output.put(RunLine.RETRACTIONS, written.getOrDefault(RunLine.RETRACTIONS, 0L));
        ObjectNode patterns = json.putObject("patterns");
        byPattern.forEach((pattern, findings) -> patterns.set(pattern, findings.toJson()));
        return json;
    }

    /** One line a definition, then what was read. */
    String table() {
        Table table =
                new Table(
                        "pattern",
                        "detected",
                        "open",
                        "retracted",
                        "customers",
                        "first",
                        "last",
                        "offered",
                        "suppressed");
        byPattern.forEach((pattern, findings) -> table.row(findings.row(pattern)));
        return table
                + "%n%d %s read: %d events, %d rejected%s, %d late, %d after the end%n"
                        .formatted(
                                input.lines(),
                                history.unit(),
                                input.events(),
                                input.rejectedByReason().values().stream()
                                        .mapToLong(Long::longValue)
                                        .sum(),
                                input.rejectedByReason().isEmpty()
                                        ? ""
                                        : " (" + Findings.words(input.rejectedByReason()) + ")",
                                input.late(),
                                input.afterEnd());
    }
}
