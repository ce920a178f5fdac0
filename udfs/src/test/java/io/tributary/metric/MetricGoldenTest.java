package io.tributary.metric;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.intervention.Golden;
import io.tributary.intervention.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** One delta or {@code {"watermark"}} a line in; every document out, sorted by id and revision. */
class MetricGoldenTest {

    @Test
    void theSampleDeltasAddUpAsWritten() throws Exception {
        Golden golden = new Golden("metric");
        List<String> lines = new ArrayList<>();
        try (TwoPhases stage = new TwoPhases(2)) {
            List<JsonNode> input = golden.input();
            for (int i = 0; i < input.size(); i++) {
                JsonNode line = input.get(i);
                if (line.has("watermark")) {
                    stage.watermark(Samples.at(Samples.text(line, "watermark")));
                } else {
                    stage.process(i % 2, delta(line));
                }
            }
            stage.watermark(Long.MAX_VALUE);
            stage.documents().stream().map(Metric::toJson).sorted().forEach(lines::add);
        }
        golden.check(lines);
    }

    /** {@code time} is left out where there is none. */
    private static MetricDelta delta(JsonNode json) {
        Map<String, String> dimensions = new TreeMap<>();
        json.get("dimensions")
                .properties()
                .forEach(field -> dimensions.put(field.getKey(), field.getValue().textValue()));
        return MetricDelta.count(
                Samples.text(json, "name"),
                json.has("time") ? Samples.at(Samples.text(json, "time")) : -1,
                dimensions,
                json.get("sign").intValue());
    }
}
