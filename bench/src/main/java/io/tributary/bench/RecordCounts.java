package io.tributary.bench;

import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

/**
 * How many records the operators of a Flink in this JVM have taken and given so far: Flink's own
 * counters, read as they are, without waiting for a report.
 */
public final class RecordCounts implements MetricReporter {

    private static final String NAME = "bench";
    private static final String IN = "numRecordsIn";
    private static final String OUT = "numRecordsOut";

    private static final Map<Counter, String> COUNTERS = new ConcurrentHashMap<>();

    private RecordCounts() {}

    /** Flink finds it by its name. */
    public static final class Factory implements MetricReporterFactory {
        @Override
        public MetricReporter createMetricReporter(Properties properties) {
            return new RecordCounts();
        }
    }

    /** What a Flink needs to count for this. */
    static void reportTo(Configuration flink) {
        flink.set(MetricOptions.REPORTERS_LIST, NAME);
        flink.setString("metrics.reporter." + NAME + ".factory.class", Factory.class.getName());
    }

    /** Records that the operators of this name have taken, over all subtasks. */
    static long taken(String operator) {
        return sum(IN + "/" + operator);
    }

    /** Records that the operators of this name have given. */
    static long given(String operator) {
        return sum(OUT + "/" + operator);
    }

    private static long sum(String key) {
        long sum = 0;
        for (Map.Entry<Counter, String> counter : COUNTERS.entrySet()) {
            if (counter.getValue().equals(key)) {
                sum += counter.getKey().getCount();
            }
        }
        return sum;
    }

    @Override
    public void open(MetricConfig config) {
        COUNTERS.clear();
    }

    @Override
    public void close() {
        COUNTERS.clear();
    }

    @Override
    public void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
        String operator = group.getAllVariables().get("<operator_name>");
        if (operator != null
                && metric instanceof Counter counter
                && (name.equals(IN) || name.equals(OUT))) {
            COUNTERS.put(counter, name + "/" + operator);
        }
    }

    @Override
    public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {
        if (metric instanceof Counter counter) {
            COUNTERS.remove(counter);
        }
    }
}
