package io.tributary.job.backtest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.event.CanonicalJson;
import io.tributary.event.EventTime;
import io.tributary.job.connectors.Output;
import io.tributary.pattern.PatternDefinition;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a change of definitions adds and removes: {@code compare.json} and the table on the
 * terminal. A match is the same in both if its events are, whatever the version.
 */
final class Comparison {

    private final Map<String, Difference> byPattern = new TreeMap<>();
    private final long end;
    private final int examples;

    /**
     * @param end epoch milliseconds up to which both runs went
     * @param examples most of each kind for each definition: those with the smallest ids, which are
     *     hashes, so they are drawn from all times and customers alike
     */
    Comparison(
            Iterable<PatternDefinition> before,
            Iterable<PatternDefinition> after,
            long end,
            int examples) {
        this.end = end;
        this.examples = examples;
        before.forEach(pattern -> difference(pattern.id()).oldVersion(pattern.version()));
        after.forEach(pattern -> difference(pattern.id()).newVersion(pattern.version()));
    }

    /** Takes in the files of two runs. */
    void read(Path before, Path after) throws IOException {
        String painPoints = Output.PAIN_POINTS.topic() + ".ndjson";
        DocumentPairs.read(
                before.resolve(painPoints),
                after.resolve(painPoints),
                (old, changed) -> difference(pattern(old, changed)).addPainPoint(old, changed));
        String decisions = Output.INTERVENTIONS.topic() + ".ndjson";
        DocumentPairs.read(
                before.resolve(decisions),
                after.resolve(decisions),
                (old, changed) -> difference(pattern(old, changed)).addDecision(old, changed));
    }

    private static String pattern(ObjectNode old, ObjectNode changed) {
        return (old.isEmpty() ? changed : old).path("pattern").asText();
    }

    private Difference difference(String pattern) {
        return byPattern.computeIfAbsent(pattern, id -> new Difference(examples));
    }

    ObjectNode toJson() {
        ObjectNode json = CanonicalJson.object();
        json.put("end", EventTime.format(end));
        ObjectNode patterns = json.putObject("patterns");
        byPattern.forEach((pattern, difference) -> patterns.set(pattern, difference.toJson()));
        return json;
    }

    /** One line a definition. */
    String table() {
        Table table =
                new Table(
                        "pattern",
                        "versions",
                        "matches in both",
                        "moved",
                        "added",
                        "removed",
                        "offers in both",
                        "added",
                        "removed");
        byPattern.forEach((pattern, difference) -> table.row(difference.row(pattern)));
        return table.toString();
    }
}
