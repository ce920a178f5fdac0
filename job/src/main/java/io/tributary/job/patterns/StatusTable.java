package io.tributary.job.patterns;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Status documents for people. */
final class StatusTable {

    private static final String ROW = "%-36s %7s  %-8s %-7s %-6s %-24s  %s%n";

    private StatusTable() {}

    /** The definitions that are in force, or were set aside, by id and version. */
    static void definitions(Collection<JsonNode> documents, PrintWriter out) {
        List<JsonNode> rows =
                documents.stream()
                        .filter(d -> text(d, "type").equals("definition"))
                        .filter(d -> !text(d, "status").equals("removed"))
                        .sorted(
                                Comparator.comparing((JsonNode d) -> text(d, "id"))
                                        .thenComparingInt(d -> d.path("version").asInt()))
                        .toList();
        if (rows.isEmpty()) {
            out.println("no definition is known: the journey job tells them when it starts");
            out.flush();
            return;
        }
        out.printf(ROW, "id", "version", "status", "mode", "from", "effective from", "until");
        for (JsonNode row : rows) {
            String from = text(row, "effectiveFrom");
            out.printf(
                    ROW,
                    text(row, "id"),
                    text(row, "version"),
                    text(row, "status").replace('_', ' '),
                    text(row, "mode"),
                    text(row, "from"),
                    from.isEmpty() ? "always" : from,
                    text(row, "until"));
        }
        out.flush();
    }

    /** One document in one line, a refusal with a line more for each problem. */
    static String line(JsonNode document) {
        if (text(document, "type").equals("sweep")) {
            return String.format(
                    "%s  sweep of subtask %s of %s: %s, %s %%, %s customers seen, %s evaluated",
                    text(document, "at"),
                    document.path("subtask").asInt() + 1,
                    text(document, "subtasks"),
                    text(document, "status"),
                    text(document, "percent"),
                    text(document, "seen"),
                    text(document, "evaluated"));
        }
        String version = text(document, "version");
        StringBuilder line = new StringBuilder(text(document, "at"));
        line.append("  ").append(text(document, "id"));
        line.append(version.isEmpty() ? "" : " version " + version);
        line.append(": ").append(text(document, "status").replace('_', ' '));
        for (JsonNode problem : document.path("problems")) {
            line.append(
                    String.format(
                            "%n%s:%s:%s: %s",
                            text(problem, "file"),
                            text(problem, "line"),
                            text(problem, "column"),
                            text(problem, "message")));
        }
        return line.toString();
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asText("");
    }
}
