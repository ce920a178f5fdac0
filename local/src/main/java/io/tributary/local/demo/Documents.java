package io.tributary.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.event.EventTime;
import io.tributary.job.connectors.Output;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the topics hold: of each document the last record. */
final class Documents {

    /** Outputs that are documents, in the order in which people ask for them. */
    static final List<Output> OUTPUTS =
            List.of(Output.PAIN_POINTS, Output.INTERVENTIONS, Output.CUSTOMERS, Output.METRICS);

    /**
     * @param pain the pain point, if it is one that is detected
     */
    private record Document(long revision, String status, @Nullable Planted pain) {}

    private final Map<Output, Map<String, Document>> all = new EnumMap<>(Output.class);

    Documents() {
        OUTPUTS.forEach(output -> all.put(output, new LinkedHashMap<>()));
    }

    /**
     * A record came.
     *
     * @param data of the CloudEvent; null for a tombstone
     */
    void put(Output output, String key, long revision, @Nullable JsonNode data) {
        Map<String, Document> documents = of(output);
        if (data == null) {
            documents.remove(key);
            return;
        }
        String status = data.path("status").asText("");
        documents.put(key, new Document(revision, status, pain(output, status, data)));
    }

    private static @Nullable Planted pain(Output output, String status, JsonNode data) {
        if (output != Output.PAIN_POINTS || !status.equals("detected")) {
            return null;
        }
        return new Planted(
                data.path("pattern").asText(),
                data.path("customer").asText(),
                EventTime.parse(data.path("detectedAt").asText()));
    }

    private Map<String, Document> of(Output output) {
        Map<String, Document> documents = all.get(output);
        if (documents == null) {
            throw new IllegalArgumentException(output + " is no output of documents");
        }
        return documents;
    }

    int count(Output output) {
        return of(output).size();
    }

    long count(Output output, String status) {
        return of(output).values().stream().filter(d -> d.status().equals(status)).count();
    }

    /** The pain points that stand. */
    List<Planted> detected() {
        List<Planted> detected = new ArrayList<>();
        for (Document document : of(Output.PAIN_POINTS).values()) {
            Planted pain = document.pain();
            if (pain != null) {
                detected.add(pain);
            }
        }
        return detected;
    }

    /** The last revision of each document, by id. */
    Map<String, Long> revisions(Output output) {
        Map<String, Long> revisions = new TreeMap<>();
        of(output).forEach((id, document) -> revisions.put(id, document.revision()));
        return revisions;
    }
}
