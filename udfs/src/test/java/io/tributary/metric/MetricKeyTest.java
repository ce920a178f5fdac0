package io.tributary.metric;

import static io.tributary.intervention.Samples.at;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MetricKeyTest {

    @Test
    void theIdNeverChanges() {
        assertThat(MetricDelta.count("rejected", at("12:00"), dimensions(), 1).metricId())
                .isEqualTo("9205d17e9a5714e6f4701376045cd7de");
    }

    @Test
    void theOrderInWhichDimensionsAreGivenDoesNotMatter() {
        Map<String, String> reversed = new LinkedHashMap<>();
        reversed.put("source", "shop");
        reversed.put("reason", "too_long");
        MetricDelta delta = MetricDelta.count("rejected", at("12:00"), reversed, 1);
        assertThat(delta.dimensions().keySet()).containsExactly("reason", "source");
        assertThat(delta).isEqualTo(MetricDelta.count("rejected", at("12:00"), dimensions(), 1));
        assertThat(delta.metricId())
                .isEqualTo(
                        MetricDelta.count("rejected", at("12:00:59"), dimensions(), -1).metricId());
    }

    @Test
    void whatIsCountedWhenAndForWhomIsPartOfTheId() {
        MetricDelta delta = MetricDelta.count("n", at("12:00"), Map.of("a", "bc"), 1);
        assertThat(
                        new MetricDelta[] {
                            MetricDelta.count("m", at("12:00"), Map.of("a", "bc"), 1),
                            MetricDelta.count("n", at("12:01"), Map.of("a", "bc"), 1),
                            MetricDelta.count("n", at("12:00"), Map.of("ab", "c"), 1),
                            MetricDelta.count("n", at("12:00"), Map.of("a", "bcd"), 1),
                            MetricDelta.count("n", at("12:00"), Map.of(), 1)
                        })
                .extracting(MetricDelta::metricId)
                .doesNotHaveDuplicates()
                .doesNotContain(delta.metricId());
    }

    @Test
    void aWindowIsOneMinuteAndWhatHasNoTimeIsInTheFirstOf1970() {
        assertThat(MetricDelta.count("n", at("12:00:59"), Map.of(), 1).start())
                .isEqualTo(at("12:00"));
        assertThat(MetricDelta.count("n", at("12:01"), Map.of(), 1).start()).isEqualTo(at("12:01"));
        assertThat(MetricDelta.count("n", -1, Map.of(), 1).start()).isZero();
    }

    private static Map<String, String> dimensions() {
        return Map.of("reason", "too_long", "source", "shop");
    }
}
