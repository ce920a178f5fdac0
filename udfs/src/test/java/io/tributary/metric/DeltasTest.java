package io.tributary.metric;

import static io.tributary.intervention.Samples.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.intervention.Samples;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeltasTest {

    @Test
    void eachMetricHasItsDimensions() {
        long noon = at("12:00");
        assertThat(Deltas.event(Samples.event("e", "order_completed", "12:00:30", "{}"), 1))
                .isEqualTo(
                        new MetricDelta(
                                "events",
                                noon,
                                Map.of(
                                        "channel", "web",
                                        "type", "order_completed",
                                        "source", "shop"),
                                1,
                                1));
        assertThat(Deltas.rejected("shop", "too_deep", at("12:00:30")))
                .isEqualTo(
                        new MetricDelta(
                                "rejected",
                                noon,
                                Map.of("source", "shop", "reason", "too_deep"),
                                1,
                                1));
        assertThat(Deltas.late("shop", at("12:00:30")))
                .isEqualTo(new MetricDelta("late", noon, Map.of("source", "shop"), 1, 1));
        assertThat(Deltas.stageEntry("purchase", "cart", at("12:00:30"), 1))
                .isEqualTo(stage("stage_entries", 1));
        assertThat(Deltas.stageExit("purchase", "cart", at("12:00:30"), -1))
                .isEqualTo(stage("stage_exits", -1));
    }

    private static MetricDelta stage(String name, int sign) {
        return new MetricDelta(
                name, at("12:00"), Map.of("journey", "purchase", "stage", "cart"), sign, sign);
    }
}
