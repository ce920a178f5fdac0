package io.tributary.metric;

import static io.tributary.intervention.Samples.at;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TwoPhasesTest {

    /** A hundred deltas, of which every second is taken back later with probability a half. */
    private static List<MetricDelta> deltas(Random random) {
        List<MetricDelta> deltas = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            long time = at("12:00") + random.nextInt(5) * MetricDelta.WINDOW_MILLIS;
            Map<String, String> stage = Map.of("journey", "purchase", "stage", "s" + i % 3);
            deltas.add(MetricDelta.count(Deltas.STAGE_ENTRIES, time, stage, 1));
            if (random.nextInt(4) == 0) {
                deltas.add(MetricDelta.count(Deltas.STAGE_ENTRIES, time, stage, -1));
            }
        }
        return deltas;
    }

    /** The naive sum of each metric that is not zero. */
    private static Map<String, Long> oracle(List<MetricDelta> deltas) {
        Map<String, Long> sums = new TreeMap<>();
        deltas.forEach(delta -> sums.merge(delta.metricId(), delta.delta(), Long::sum));
        sums.values().removeIf(sum -> sum == 0);
        return sums;
    }

    @Test
    void neitherOrderNorSubtasksNorWatermarksNorCheckpointsChangeTheSum() throws Exception {
        for (int seed = 0; seed < 25; seed++) {
            Random random = new Random(seed);
            List<MetricDelta> deltas = deltas(random);
            Map<String, Long> expected = oracle(deltas);
            Collections.shuffle(deltas, random);
            int subtasks = 1 + random.nextInt(4);
            try (TwoPhases stage = new TwoPhases(subtasks)) {
                long watermark = at("12:00");
                for (MetricDelta delta : deltas) {
                    stage.process(random.nextInt(subtasks), delta);
                    if (random.nextInt(10) == 0) {
                        watermark += random.nextInt(60_000);
                        stage.watermark(watermark);
                    }
                }
                stage.watermark(Long.MAX_VALUE);
                Map<String, Long> values = new TreeMap<>();
                stage.last().forEach((id, metric) -> values.put(id, metric.value()));
                values.values().removeIf(value -> value == 0);
                assertThat(values).as("seed %s", seed).isEqualTo(expected);
                assertThat(revisionsOfEachDocument(stage.documents()))
                        .as("seed %s", seed)
                        .allSatisfy(
                                revisions ->
                                        assertThat(revisions)
                                                .startsWith(1L)
                                                .isSorted()
                                                .doesNotHaveDuplicates());
            }
        }
    }

    private static List<List<Long>> revisionsOfEachDocument(List<Metric> documents) {
        Map<String, List<Long>> revisions = new TreeMap<>();
        documents.forEach(
                document ->
                        revisions
                                .computeIfAbsent(document.id(), id -> new ArrayList<>())
                                .add(document.revision()));
        return List.copyOf(revisions.values());
    }
}
