package io.tributary.metric;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.event.CanonicalJson;
import io.tributary.event.EventTime;
import java.util.Map;

/**
 * One metric in one window as the world sees it. Times are epoch milliseconds.
 *
 * @param id see {@link MetricKey#id()}
 * @param name such as {@code pain_points}
 * @param start of the window
 * @param end of the window, excluded
 * @param dimensions sorted by name
 * @param value sum over all observations
 * @param n number of observations
 * @param revision 1 for the first document, then rising by 1
 */
public record Metric(
        String id,
        String name,
        long start,
        long end,
        Map<String, String> dimensions,
        long value,
        long n,
        long revision) {

    public Metric {
        dimensions = Dimensions.sorted(dimensions);
    }

    /** The document's own time. */
    public long time() {
        return start;
    }

    /** The document, {@code revision} included. */
    public ObjectNode data() {
        ObjectNode named = CanonicalJson.object();
        dimensions.forEach(named::put);
        ObjectNode data = CanonicalJson.object();
        data.put("id", id);
        data.put("name", name);
        data.put("start", EventTime.format(start));
        data.put("end", EventTime.format(end));
        data.set("dimensions", named);
        data.put("value", value);
        data.put("n", n);
        data.put("revision", revision);
        return data;
    }

    /** {@link #data()} as canonical JSON. */
    public String toJson() {
        return CanonicalJson.string(data());
    }
}
