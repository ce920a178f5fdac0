package io.tributary.job.backtest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.event.CanonicalJson;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What one definition found. */
final class Findings {

    private static final String HOLDOUT = "holdout";

    /** Characters of a time without seconds. */
    private static final int MINUTES = 16;

    /** Whether some of the definition's customers are left alone, to measure the uplift. */
    boolean hasHoldout;

    private long detected;
    private long open;
    private long retractions;
    private long cancelled;
    private final Set<String> customers = new HashSet<>();
    private @Nullable String first;
    private @Nullable String last;
    private long offered;
    private final Map<String, Long> suppressed = new TreeMap<>();

    void addPainPoint(JsonNode painPoint) {
        if (painPoint.path("status").asText().equals("open")) {
            open++;
            return;
        }
        detected++;
        customers.add(painPoint.path("customer").asText());
        String at = painPoint.path("detectedAt").asText();
        first = first == null || at.compareTo(first) < 0 ? at : first;
        last = last == null || at.compareTo(last) > 0 ? at : last;
    }

    void addDecision(JsonNode decision) {
        if (decision.path("status").asText().equals("offered")) {
            offered++;
        } else {
            suppressed.merge(decision.path("reason").asText(), 1L, Long::sum);
        }
    }

    void addRetraction(JsonNode retraction) {
        retractions++;
        cancelled += retraction.path("offered").asBoolean() ? 1 : 0;
    }

    ObjectNode toJson() {
        ObjectNode json = CanonicalJson.object();
        json.put("detected", detected);
        json.put("open", open);
        json.put("retractions", retractions);
        json.put("customers", customers.size());
        json.put("first", first);
        json.put("last", last);
        json.put("offered", offered);
        json.put("cancelled", cancelled);
        if (hasHoldout) {
            // of those whom nothing but the draw kept from being approached
            json.putObject("arms")
                    .put("treatment", offered)
                    .put(HOLDOUT, suppressed.getOrDefault(HOLDOUT, 0L));
        }
        ObjectNode reasons = json.putObject("suppressed");
        suppressed.forEach(reasons::put);
        return json;
    }

    Object[] row(String pattern) {
        return new Object[] {
            pattern,
            detected,
            open,
            retractions,
            customers.size(),
            minute(first),
            minute(last),
            offered,
            suppressed.isEmpty() ? "-" : words(suppressed)
        };
    }

    private static String minute(@Nullable String time) {
        return time == null ? "-" : time.substring(0, MINUTES);
    }

    /** Counts for people. */
    static String words(Map<String, Long> counts) {
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
