package io.tributary.job.backtest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.event.CanonicalJson;
import io.tributary.event.EventTime;
import io.tributary.job.connectors.Output;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Counts what a backtest wrote: {@code report.json} and the table on the terminal. */
final class BacktestReport {

    /** What one definition found. */
    private static final class Findings {
        private long detected;
        private long open;
        private final Set<String> customers = new HashSet<>();
        private @Nullable String first;
        private @Nullable String last;
        private long offered;
        private final Map<String, Long> suppressed = new TreeMap<>();
    }

    private final Map<String, Findings> byPattern = new TreeMap<>();
    private final Map<String, Long> written = new TreeMap<>();
    private final FileScan input;
    private final long end;

    /**
     * @param patterns ids of all definitions, so that those that found nothing are shown, too
     * @param end epoch milliseconds up to which the run went
     */
    BacktestReport(Iterable<String> patterns, FileScan input, long end) {
        patterns.forEach(pattern -> byPattern.put(pattern, new Findings()));
        this.input = input;
        this.end = end;
    }

    /** Takes in one line of an output. */
    void add(Output output, byte[] line) {
        written.merge(output.topic(), 1L, Long::sum);
        if (output == Output.PAIN_POINTS) {
            addPainPoint(CanonicalJson.parse(line));
        } else if (output == Output.INTERVENTIONS) {
            addDecision(CanonicalJson.parse(line));
        }
    }

    private void addPainPoint(JsonNode painPoint) {
        Findings findings = findings(painPoint);
        if (painPoint.path("status").asText().equals("open")) {
            findings.open++;
            return;
        }
        findings.detected++;
        findings.customers.add(painPoint.path("customer").asText());
        String at = painPoint.path("detectedAt").asText();
        findings.first =
                findings.first == null || at.compareTo(findings.first) < 0 ? at : findings.first;
        findings.last =
                findings.last == null || at.compareTo(findings.last) > 0 ? at : findings.last;
    }

    private void addDecision(JsonNode decision) {
        Findings findings = findings(decision);
        if (decision.path("status").asText().equals("offered")) {
            findings.offered++;
        } else {
            findings.suppressed.merge(decision.path("reason").asText(), 1L, Long::sum);
        }
    }

    private Findings findings(JsonNode document) {
        return byPattern.computeIfAbsent(
                document.path("pattern").asText(), pattern -> new Findings());
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
        json.put("end", EventTime.format(end));
        ObjectNode output = json.putObject("written");
        for (Output each : Output.values()) {
            output.put(each.topic(), written.getOrDefault(each.topic(), 0L));
        }
        ObjectNode patterns = json.putObject("patterns");
        byPattern.forEach((pattern, findings) -> patterns.set(pattern, toJson(findings)));
        return json;
    }

    private static ObjectNode toJson(Findings findings) {
        ObjectNode json = CanonicalJson.object();
        json.put("detected", findings.detected);
        json.put("open", findings.open);
        json.put("customers", findings.customers.size());
        json.put("first", findings.first);
        json.put("last", findings.last);
        json.put("offered", findings.offered);
        ObjectNode suppressed = json.putObject("suppressed");
        findings.suppressed.forEach(suppressed::put);
        return json;
    }

    /** One line a definition, then what was read and written. */
    String table() {
        StringBuilder table = new StringBuilder();
        int width = byPattern.keySet().stream().mapToInt(String::length).max().orElse(0);
        width = Math.max(width, "pattern".length());
        String form = "%-" + width + "s  %9s  %7s  %9s  %9s  %s%n";
        table.append(
                form.formatted(
                        "pattern", "detected", "open", "customers", "offered", "suppressed"));
        for (Map.Entry<String, Findings> each : byPattern.entrySet()) {
            Findings findings = each.getValue();
            table.append(
                    form.formatted(
                            each.getKey(),
                            findings.detected,
                            findings.open,
                            findings.customers.size(),
                            findings.offered,
                            findings.suppressed.isEmpty() ? "-" : words(findings.suppressed)));
        }
        table.append(
                "%n%d lines read: %d events, %d rejected%s, %d late, %d after the end%n"
                        .formatted(
                                input.lines(),
                                input.events(),
                                input.rejectedByReason().values().stream()
                                        .mapToLong(Long::longValue)
                                        .sum(),
                                input.rejectedByReason().isEmpty()
                                        ? ""
                                        : " (" + words(input.rejectedByReason()) + ")",
                                input.late(),
                                input.afterEnd()));
        return table.toString();
    }

    private static String words(Map<String, Long> counts) {
        StringBuilder words = new StringBuilder();
        counts.forEach(
                (name, count) ->
                        words.append(words.isEmpty() ? "" : ", ")
                                .append(name)
                                .append(' ')
                                .append(count));
        return words.toString();
    }
}
