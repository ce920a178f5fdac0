package io.tributary.customer;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.definition.Problem;
import io.tributary.erasure.Sweep;
import io.tributary.event.CanonicalJson;
import io.tributary.event.EventTime;
import io.tributary.pattern.CompiledPattern;
import io.tributary.pattern.PatternDefinition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Words what is to be said about definitions, and remembers what was said. */
final class StatusDocuments {

    private final Map<String, String> said = new TreeMap<>();

    /** The answer to a request. */
    static DefinitionsStatus answer(DefinitionRecord record, DeploymentAnswer answer, long now) {
        ObjectNode json = document("request", answer.status());
        name(record.key(), json);
        json.put("offset", record.offset());
        problems(answer.problems(), json);
        return status("request/" + record.key(), json, now);
    }

    /**
     * How far one subtask's sweep is.
     *
     * @param percent of its customers, roughly
     */
    static DefinitionsStatus sweep(Sweep sweep, int percent, int subtask, int subtasks, long now) {
        ObjectNode json = document("sweep", sweep.isRunning() ? "running" : "done");
        json.put("subtask", subtask);
        json.put("subtasks", subtasks);
        json.put("percent", percent);
        json.put("seen", sweep.seen());
        json.put("evaluated", sweep.evaluated());
        return status("sweep/" + subtask, json, now);
    }

    /**
     * What is new about the definitions in force since it was last asked.
     *
     * @param earlier versions that were in force before and may be no more
     */
    List<DefinitionsStatus> changes(Deployment deployment, Collection<String> earlier, long now) {
        Map<String, ObjectNode> documents = new TreeMap<>();
        earlier.forEach(key -> documents.put(key, gone(key)));
        said.keySet().forEach(key -> documents.put(key, gone(key)));
        for (CompiledPattern pattern : deployment.library().patterns()) {
            documents.put(pattern.key(), inForce(pattern, deployment.isOfFile(pattern.key())));
        }
        deployment
                .unusable()
                .forEach(
                        (key, problems) -> {
                            ObjectNode json = named(key, DeploymentAnswer.REFUSED);
                            problems(problems, json);
                            documents.put(key, json);
                        });
        List<DefinitionsStatus> changed = new ArrayList<>();
        documents.forEach(
                (key, json) -> {
                    String text = CanonicalJson.string(json);
                    if (!text.equals(said.put(key, text))) {
                        changed.add(status("definition/" + key, json, now));
                    }
                });
        return changed;
    }

    private static ObjectNode inForce(CompiledPattern pattern, boolean ofFile) {
        PatternDefinition definition = pattern.definition();
        ObjectNode json = named(pattern.key(), "in_force");
        json.put("name", definition.name());
        json.put("mode", definition.mode().name().toLowerCase(Locale.ROOT));
        json.put("from", ofFile ? "files" : "topic");
        if (definition.effectiveFrom() != Long.MIN_VALUE) {
            json.put("effectiveFrom", EventTime.format(definition.effectiveFrom()));
        }
        if (pattern.validUntil() != Long.MAX_VALUE) {
            json.put("until", EventTime.format(pattern.validUntil()));
        }
        return json;
    }

    private static ObjectNode gone(String key) {
        return named(key, DeploymentAnswer.REMOVED);
    }

    private static ObjectNode named(String key, String status) {
        ObjectNode json = document("definition", status);
        name(key, json);
        return json;
    }

    private static void name(String key, ObjectNode json) {
        int at = key.indexOf(DefinitionRecord.VERSION);
        json.put("id", at < 0 ? key : key.substring(0, at));
        if (at >= 0) {
            json.put("version", key.substring(at + 1));
        }
    }

    private static ObjectNode document(String type, String status) {
        return CanonicalJson.object().put("type", type).put("status", status);
    }

    private static void problems(List<Problem> problems, ObjectNode json) {
        ArrayNode array = json.putArray("problems");
        for (Problem problem : problems) {
            array.addObject()
                    .put("file", problem.file())
                    .put("line", problem.line())
                    .put("column", problem.column())
                    .put("message", problem.message());
        }
    }

    private static DefinitionsStatus status(String key, ObjectNode json, long now) {
        ObjectNode dated = json.deepCopy();
        dated.put("at", EventTime.format(now));
        return new DefinitionsStatus(key, CanonicalJson.string(dated));
    }
}
