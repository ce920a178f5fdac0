package io.tributary.local.demo;

import io.tributary.job.connectors.Output;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What a demo has to show for itself. */
record Summary(List<OfPattern> patterns, List<OfOutput> outputs) {

    /**
     * One definition.
     *
     * @param planted pain points that have to be found by now
     * @param found how many of them were
     * @param extra detected although never planted
     */
    record OfPattern(String pattern, int planted, int found, int extra) {}

    /**
     * One output.
     *
     * @param kafka documents whose last committed record is no tombstone
     * @param index documents in Elasticsearch
     * @param different ids that only one of them has, or with another revision
     */
    record OfOutput(String name, int kafka, int index, int different) {}

    /**
     * Compares.
     *
     * @param patterns ids of all definitions
     * @param planted all that the traffic holds, also what was not sent
     * @param dueUntil what was planted up to then has to be found, epoch milliseconds
     * @param indexed revisions by id
     */
    static Summary of(
            Set<String> patterns,
            List<Planted> planted,
            long dueUntil,
            Documents documents,
            Map<Output, Map<String, Long>> indexed) {
        List<OfOutput> outputs = new ArrayList<>();
        for (Output output : Documents.OUTPUTS) {
            Map<String, Long> kafka = documents.revisions(output);
            Map<String, Long> index = indexed.getOrDefault(output, Map.of());
            outputs.add(
                    new OfOutput(
                            output.topic(), kafka.size(), index.size(), different(kafka, index)));
        }
        return new Summary(ofPatterns(patterns, planted, dueUntil, documents.detected()), outputs);
    }

    private static int different(Map<String, Long> kafka, Map<String, Long> index) {
        TreeSet<String> ids = new TreeSet<>(kafka.keySet());
        ids.addAll(index.keySet());
        ids.removeIf(id -> kafka.containsKey(id) && kafka.get(id).equals(index.get(id)));
        return ids.size();
    }

    private static List<OfPattern> ofPatterns(
            Set<String> patterns, List<Planted> planted, long dueUntil, List<Planted> detected) {
        Map<Planted, Integer> left = counts(detected);
        Map<String, Integer> due = new HashMap<>();
        Map<String, Integer> found = new HashMap<>();
        for (Planted pain : planted) {
            boolean isFound = left.merge(pain, -1, Integer::sum) >= 0;
            if (pain.time() <= dueUntil) {
                due.merge(pain.pattern(), 1, Integer::sum);
                found.merge(pain.pattern(), isFound ? 1 : 0, Integer::sum);
            }
        }
        Map<String, Integer> extra = new HashMap<>();
        left.forEach((pain, more) -> extra.merge(pain.pattern(), Math.max(0, more), Integer::sum));
        TreeSet<String> all = new TreeSet<>(patterns);
        all.addAll(due.keySet());
        all.addAll(extra.keySet());
        return all.stream()
                .map(
                        pattern ->
                                new OfPattern(
                                        pattern,
                                        due.getOrDefault(pattern, 0),
                                        found.getOrDefault(pattern, 0),
                                        extra.getOrDefault(pattern, 0)))
                .toList();
    }

    private static Map<Planted, Integer> counts(Collection<Planted> pains) {
        Map<Planted, Integer> counts = new HashMap<>();
        pains.forEach(pain -> counts.merge(pain, 1, Integer::sum));
        return counts;
    }

    /** Whether all that had to be found was, and Kafka and Elasticsearch hold the same. */
    boolean isGood() {
        return patterns.stream().allMatch(p -> p.found() == p.planted())
                && outputs.stream().allMatch(o -> o.different() == 0);
    }

    String text() {
        StringBuilder text = new StringBuilder();
        line(text, "definition", "planted", "found", "extra");
        for (OfPattern p : patterns) {
            line(text, p.pattern(), p.planted(), p.found(), p.extra());
        }
        line(text, "", "", "", "");
        line(text, "documents", "Kafka", "index", "differ");
        for (OfOutput o : outputs) {
            line(text, o.name(), o.kafka(), o.index(), o.different());
        }
        return text.append('\n').append(verdict()).append('\n').toString();
    }

    private String verdict() {
        int missing = patterns.stream().mapToInt(p -> p.planted() - p.found()).sum();
        int different = outputs.stream().mapToInt(OfOutput::different).sum();
        if (missing == 0 && different == 0) {
            return "All that was planted was found; Kafka and Elasticsearch hold the same.";
        }
        return String.format(
                "NOT GOOD: %d planted pain points were not found, %d documents differ between Kafka"
                        + " and Elasticsearch.",
                missing, different);
    }

    private static void line(StringBuilder text, Object... cells) {
        text.append(String.format("  %-28s %9s %9s %9s", cells).stripTrailing()).append('\n');
    }
}
