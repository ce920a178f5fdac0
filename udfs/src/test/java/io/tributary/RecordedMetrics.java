package io.tributary;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;

/** A metric group that keeps its counters, and those of its subgroups, by path. */
public final class RecordedMetrics extends UnregisteredMetricsGroup {

    private final String path;
    private final Map<String, Counter> counters;

    public RecordedMetrics() {
        this("", new TreeMap<>());
    }

    private RecordedMetrics(String path, Map<String, Counter> counters) {
        this.path = path;
        this.counters = counters;
    }

    @Override
    public Counter counter(String name) {
        Counter counter = new SimpleCounter();
        if (counters.put(path + name, counter) != null) {
            throw new IllegalStateException(path + name + " is registered twice");
        }
        return counter;
    }

    @Override
    public MetricGroup addGroup(String name) {
        return new RecordedMetrics(path + name + "/", counters);
    }

    @Override
    public MetricGroup addGroup(String key, String value) {
        return new RecordedMetrics(path + key + "=" + value + "/", counters);
    }

    /** What was counted, by path such as {@code ledger/pattern=p/painPoints}; zeros left out. */
    public Map<String, Long> counted() {
        return counters.entrySet().stream()
                .filter(counter -> counter.getValue().getCount() != 0)
                .collect(
                        Collectors.toMap(
                                Map.Entry::getKey, counter -> counter.getValue().getCount()));
    }
}
