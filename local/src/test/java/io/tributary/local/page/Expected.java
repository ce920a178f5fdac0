package io.tributary.local.page;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the page has to show, counted from the documents one by one. */
final class Expected {

    private static final long MINUTE = 60_000;

    private Expected() {}

    /** Minute as HH:mm to channel to events, of the hour up to the newest minute. */
    static Map<String, Map<String, Long>> eventsPerMinute(List<JsonNode> metrics) {
        List<JsonNode> events =
                metrics.stream().filter(m -> m.path("name").asText().equals("events")).toList();
        long newest = events.stream().mapToLong(m -> millis(m, "start")).max().orElseThrow();
        Map<String, Map<String, Long>> minutes = new TreeMap<>();
        for (JsonNode event : events) {
            if (millis(event, "start") > newest - 60 * MINUTE) {
                minutes.computeIfAbsent(clock(millis(event, "start")), m -> new TreeMap<>())
                        .merge(
                                event.at("/dimensions/channel").asText(),
                                event.path("value").asLong(),
                                Long::sum);
            }
        }
        return minutes;
    }

    /**
     * Definition to the detected of each step as HH:mm, of the steps up to the newest one detected.
     */
    static Map<String, Map<String, Long>> overTime(List<JsonNode> painPoints, int steps, int step) {
        List<JsonNode> detected =
                painPoints.stream()
                        .filter(p -> p.path("status").asText().equals("detected"))
                        .toList();
        long width = step * MINUTE;
        long newest =
                detected.stream()
                        .mapToLong(p -> millis(p, "detectedAt") / width)
                        .max()
                        .orElseThrow();
        Map<String, Map<String, Long>> counts = new TreeMap<>();
        for (JsonNode painPoint : detected) {
            long at = millis(painPoint, "detectedAt") / width;
            if (at > newest - steps) {
                counts.computeIfAbsent(painPoint.path("pattern").asText(), p -> new TreeMap<>())
                        .merge(clock(at * width), 1L, Long::sum);
            }
        }
        return counts;
    }

    /** Value of a field to the number of documents that have it. */
    static Map<String, Long> counts(List<JsonNode> documents, String field) {
        Map<String, Long> counts = new TreeMap<>();
        documents.forEach(document -> counts.merge(document.path(field).asText(), 1L, Long::sum));
        return counts;
    }

    /** Newest first, of one time by id. */
    static List<JsonNode> latest(List<JsonNode> documents, String time, int most) {
        return documents.stream()
                .sorted(
                        Comparator.comparingLong((JsonNode d) -> -millis(d, time))
                                .thenComparing(d -> d.path("id").asText()))
                .limit(most)
                .toList();
    }

    /** The sentences about a customer's identifiers, as the page writes them. */
    static List<String> explanation(JsonNode customer) {
        List<String> sentences = new ArrayList<>();
        for (JsonNode reason : customer.path("explanation")) {
            String of = reason.path("of").asText();
            String belongs = " belongs to " + of;
            String kept = reason.path("of").isNull() ? " is kept apart" : " is kept from " + of;
            List<String> came = new ArrayList<>();
            came.add(reason.path("rule").asText().replace('_', ' '));
            if (!reason.path("event").isNull()) {
                came.add("event " + reason.path("event").asText());
            }
            long events = reason.path("events").asLong();
            if (events > 0) {
                came.add(events == 1 ? "1 event came so" : events + " events came so");
            }
            sentences.add(
                    reason.path("identifier").asText()
                            + (reason.path("guard").asBoolean() ? kept : belongs)
                            + " because "
                            + reason.path("because").asText()
                            + ", "
                            + reason.path("time").asText().substring(0, 19).replace('T', ' ')
                            + (reason.path("source").isNull()
                                    ? ""
                                    : " on " + reason.path("source").asText())
                            + " ("
                            + String.join(", ", came)
                            + ")");
        }
        return sentences;
    }

    /**
     * One line an entry: kind, time, what; oldest kinds of an instant first. A stage that was left
     * ends with its dwell in milliseconds.
     */
    static List<String> timeline(
            JsonNode customer, List<JsonNode> painPoints, List<JsonNode> decisions) {
        List<String> lines = new ArrayList<>();
        Map<String, JsonNode> touchpoints = new TreeMap<>();
        customer.path("touchpoints").forEach(t -> touchpoints.put(t.path("event").asText(), t));
        for (JsonNode d : of(customer, decisions)) {
            d.at("/context/touchpoints").forEach(t -> touchpoints.put(t.path("event").asText(), t));
            lines.add(line("decision", d, "decidedAt", "pattern", "status", "reason"));
        }
        touchpoints
                .values()
                .forEach(t -> lines.add(line("touchpoint", t, "time", "type", "channel")));
        for (JsonNode p : of(customer, painPoints)) {
            String time = p.path("detectedAt").isNull() ? "start" : "detectedAt";
            lines.add(line("pain-point", p, time, "pattern", "status", "severity"));
        }
        for (JsonNode journey : customer.path("journeys")) {
            for (JsonNode visit : journey.path("visits")) {
                long dwell = visit.path("dwellMs").asLong();
                String stage = visit.path("stage").asText();
                String what = journey.path("journey").asText() + ": " + stage;
                lines.add(
                        String.join(
                                " | ",
                                "stage",
                                visit.path("enteredAt").asText(),
                                what + (dwell > 0 ? " " + dwell : "")));
            }
        }
        return lines;
    }

    private static List<JsonNode> of(JsonNode customer, List<JsonNode> documents) {
        String id = customer.path("id").asText();
        return documents.stream().filter(d -> d.path("customer").asText().equals(id)).toList();
    }

    private static String line(String kind, JsonNode document, String time, String... fields) {
        List<String> what = new ArrayList<>();
        for (String field : fields) {
            what.add(document.path(field).asText().replace('_', ' '));
        }
        return String.join(" | ", kind, document.path(time).asText(), String.join(" ", what));
    }

    static long millis(JsonNode document, String field) {
        return Instant.parse(document.path(field).asText()).toEpochMilli();
    }

    private static String clock(long millis) {
        return Instant.ofEpochMilli(millis).toString().substring(11, 16);
    }
}
