package io.tributary.job.backtest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.event.CanonicalJson;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What two runs found of one definition id. A match is a pain point that was detected, an offer a
 * decision that would have been sent.
 */
final class Difference {

    private static final List<String> TIMES = List.of("detectedAt", "start", "end");

    private final SortedSet<Integer> oldVersions = new TreeSet<>();
    private final SortedSet<Integer> newVersions = new TreeSet<>();
    private final Side matches;
    private final Side offers;

    /** The matches in both whose times differ: another deadline, another window. */
    private final Group moved;

    /** What was found in both runs, only in the new one, only in the old one. */
    private static final class Side {
        private long both;
        private final Group added;
        private final Group removed;

        Side(int examples) {
            this.added = new Group(examples);
            this.removed = new Group(examples);
        }

        void putInto(ObjectNode json) {
            json.put("both", both);
            json.put("added", added.count);
            json.put("removed", removed.count);
        }
    }

    /** Counts all, keeps the first few. */
    private static final class Group {
        private final int most;
        private final ArrayNode examples = CanonicalJson.array();
        private long count;

        Group(int most) {
            this.most = most;
        }

        void add(ObjectNode example) {
            count++;
            if (examples.size() < most) {
                examples.add(example);
            }
        }
    }

    Difference(int examples) {
        this.matches = new Side(examples);
        this.offers = new Side(examples);
        this.moved = new Group(examples);
    }

    void oldVersion(int version) {
        oldVersions.add(version);
    }

    void newVersion(int version) {
        newVersions.add(version);
    }

    /** Either may be an empty object. */
    void addPainPoint(ObjectNode old, ObjectNode changed) {
        boolean was = old.path("status").asText().equals("detected");
        boolean is = changed.path("status").asText().equals("detected");
        if (was && is) {
            matches.both++;
            if (!times(old).equals(times(changed))) {
                ObjectNode example = match(changed);
                example.set("old", times(old));
                moved.add(example);
            }
        } else if (is) {
            ObjectNode example = match(changed);
            example.put("old", status(old));
            matches.added.add(example);
        } else if (was) {
            ObjectNode example = match(old);
            example.put("new", status(changed));
            matches.removed.add(example);
        }
    }

    /** Either may be an empty object. */
    void addDecision(ObjectNode old, ObjectNode changed) {
        boolean was = old.path("status").asText().equals("offered");
        boolean is = changed.path("status").asText().equals("offered");
        if (was && is) {
            offers.both++;
        } else if (is) {
            ObjectNode example = offer(changed);
            example.put("old", reason(old));
            offers.added.add(example);
        } else if (was) {
            ObjectNode example = offer(old);
            example.put("new", reason(changed));
            offers.removed.add(example);
        }
    }

    private static ObjectNode times(JsonNode painPoint) {
        ObjectNode times = CanonicalJson.object();
        TIMES.forEach(time -> times.set(time, painPoint.path(time)));
        return times;
    }

    private static ObjectNode match(JsonNode painPoint) {
        ObjectNode example = CanonicalJson.object();
        example.set("painPoint", painPoint.path("id"));
        example.set("customer", painPoint.path("customer"));
        example.set("version", painPoint.path("version"));
        example.setAll(times(painPoint));
        example.set("events", painPoint.path("events"));
        return example;
    }

    private static ObjectNode offer(JsonNode decision) {
        ObjectNode example = CanonicalJson.object();
        for (String field : List.of("painPoint", "customer", "decidedAt", "action", "channel")) {
            example.set(field, decision.path(field));
        }
        return example;
    }

    /** What the other run says of it: open, or nothing. */
    private static String status(JsonNode painPoint) {
        return painPoint.path("status").asText("not found");
    }

    /** What the other run says of it: why it is not sent, or that there is nothing to send. */
    private static String reason(JsonNode decision) {
        return decision.path("reason").asText("no match");
    }

    ObjectNode toJson() {
        ObjectNode json = CanonicalJson.object();
        ObjectNode versions = json.putObject("versions");
        ArrayNode olds = versions.putArray("old");
        oldVersions.forEach(version -> olds.add(version));
        ArrayNode news = versions.putArray("new");
        newVersions.forEach(version -> news.add(version));
        ObjectNode found = json.putObject("matches");
        matches.putInto(found);
        found.put("moved", moved.count);
        ObjectNode examples = found.putObject("examples");
        examples.set("added", matches.added.examples);
        examples.set("removed", matches.removed.examples);
        examples.set("moved", moved.examples);
        ObjectNode sent = json.putObject("decisions");
        offers.putInto(sent);
        ObjectNode offered = sent.putObject("examples");
        offered.set("added", offers.added.examples);
        offered.set("removed", offers.removed.examples);
        return json;
    }

    Object[] row(String pattern) {
        return new Object[] {
            pattern,
            text(oldVersions) + " -> " + text(newVersions),
            matches.both,
            moved.count,
            matches.added.count,
            matches.removed.count,
            offers.both,
            offers.added.count,
            offers.removed.count
        };
    }

    private static String text(SortedSet<Integer> versions) {
        return versions.isEmpty()
                ? "-"
                : versions.stream().map(String::valueOf).collect(Collectors.joining(","));
    }
}
