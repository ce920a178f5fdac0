package io.tributary.job.backtest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.customer.Retraction;
import io.tributary.event.CanonicalJson;
import io.tributary.event.EventTime;
import io.tributary.intervention.Decision;
import io.tributary.job.connectors.Output;
import io.tributary.job.connectors.OutputRecord;
import io.tributary.pattern.Match;
import java.util.Base64;
import java.util.Locale;

/**
 * One line of a backtest's files.
 *
 * @param file name without {@code .ndjson}
 * @param key lines of a file are sorted by it, then by themselves
 * @param bytes canonical JSON
 */
@SuppressWarnings("ArrayRecordComponent")
record RunLine(String file, String key, byte[] bytes) {

    static final String RETRACTIONS = "retractions";

    static RunLine of(OutputRecord record) {
        byte[] value = record.value();
        if (value == null) {
            throw new IllegalArgumentException(
                    "a bounded run deletes no document: " + record.key());
        }
        boolean refused = record.output() == Output.REJECTED || record.output() == Output.LATE;
        return refused
                ? new RunLine(record.output().topic(), place(record), refused(record, value))
                : new RunLine(record.output().topic(), record.key(), unrevised(value));
    }

    private static byte[] unrevised(byte[] value) {
        ObjectNode document = (ObjectNode) CanonicalJson.parse(value);
        document.remove("revision");
        return CanonicalJson.bytes(document);
    }

    private static String place(OutputRecord record) {
        return record.headers().getOrDefault("origin", "")
                + String.format(
                        Locale.ROOT,
                        "\u0000%010d\u0000%019d",
                        partition(record) + 1,
                        position(record));
    }

    private static byte[] refused(OutputRecord record, byte[] value) {
        ObjectNode json = CanonicalJson.object();
        json.put("reason", record.headers().get("reason"));
        json.put("detail", record.headers().get("detail"));
        if (partition(record) < 0) {
            json.put("file", record.headers().get("origin"));
            json.put("line", position(record));
        } else {
            json.put("topic", record.headers().get("origin"));
            json.put("partition", partition(record));
            json.put("offset", position(record));
        }
        json.put("payloadBase64", Base64.getEncoder().encodeToString(value));
        return CanonicalJson.bytes(json);
    }

    private static int partition(OutputRecord record) {
        return Integer.parseInt(record.headers().getOrDefault("partition", "-1"));
    }

    private static long position(OutputRecord record) {
        return Long.parseLong(record.headers().getOrDefault("position", "0"));
    }

    static RunLine of(Retraction retraction) {
        Match match = retraction.told().match();
        Decision decision = retraction.told().decision();
        ObjectNode json = CanonicalJson.object();
        json.put("painPoint", match.id());
        json.put("pattern", match.pattern());
        json.put("version", match.version());
        json.put("customer", retraction.told().customer());
        json.put("detectedAt", EventTime.format(match.detectedAt()));
        json.put("start", EventTime.format(match.start()));
        json.put("end", EventTime.format(match.end()));
        ObjectNode steps = json.putObject("events");
        match.events()
                .forEach(
                        (step, ids) -> {
                            ArrayNode list = steps.putArray(step);
                            ids.forEach(list::add);
                        });
        json.put("toldAt", EventTime.format(retraction.toldAt()));
        json.put("takenBackAt", EventTime.format(retraction.takenBackAt()));
        json.put("offered", decision != null && decision.isOffered());
        return new RunLine(RETRACTIONS, match.id(), CanonicalJson.bytes(json));
    }
}
