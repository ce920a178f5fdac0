package io.tributary.bench;

import io.tributary.job.config.TributaryOptions;
import io.tributary.local.traffic.InventedDay;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * From the event that completes a pattern to its decision, Kafka to Kafka, at a rate that does not
 * wait for anybody. See docs/benchmarks.md for how each number is taken.
 */
final class LatencyBenchmark implements Benchmark {

    static final String RATE = "latency.events_per_s";
    static final String PERCENTILES = "latency.%s.%s_ms";
    static final String DECISIONS = "latency.%s.decisions";

    private static final int EVENTS_PER_SECOND = 2_000;
    private static final int EVENTS_PER_CUSTOMER = 8;
    private static final Map<String, Double> SHARES = Map.of("p50", 0.5, "p99", 0.99);

    /** Little is left to be written when a checkpoint comes: docs/cluster.md says why. */
    private static final Map<String, String> CACHES =
            Map.of("customer.cache", "2000", "identity.cache", "1000");

    private static final Map<String, String> SETTINGS =
            Map.of(
                    "state.changelog.enabled", "true",
                    "state.changelog.storage", "filesystem",
                    "state.backend.rocksdb.writebuffer.size", "8 mb");

    /** The jobs' own options by what the keys call them; all but interventions is exactly-once. */
    private static final Map<String, Map<String, String>> GUARANTEES =
            new TreeMap<>(
                    Map.of(
                            "alo",
                            Map.of(
                                    "checkpoint.interval", "1 min",
                                    "interventions.delivery.guarantee", "at-least-once"),
                            "eo",
                            Map.of("checkpoint.interval", "1 s")));

    @Override
    public String name() {
        return "latency";
    }

    @Override
    public String description() {
        return "from the event that completes a pattern to its decision, Kafka to Kafka";
    }

    @Override
    public List<String> keys() {
        List<String> keys = new ArrayList<>(List.of(RATE));
        for (String guarantee : GUARANTEES.keySet()) {
            keys.add(DECISIONS.formatted(guarantee));
            SHARES.keySet().forEach(share -> keys.add(PERCENTILES.formatted(guarantee, share)));
        }
        return List.copyOf(keys);
    }

    @Override
    public SortedMap<String, Double> run(Scale scale) {
        SortedMap<String, Double> results = new TreeMap<>();
        GUARANTEES.forEach(
                (guarantee, options) -> {
                    try {
                        run(guarantee, options, scale, results);
                    } catch (Exception e) {
                        throw new IllegalStateException(guarantee + " failed", e);
                    }
                });
        return results;
    }

    private static void run(
            String guarantee,
            Map<String, String> options,
            Scale scale,
            SortedMap<String, Double> results)
            throws Exception {
        Map<String, String> all = new TreeMap<>(CACHES);
        all.putAll(options);
        int counting = scale.live().seconds() * EVENTS_PER_SECOND;
        int warmUp = 2 * scale.live().seconds() * EVENTS_PER_SECOND;
        long yesterday = System.currentTimeMillis() - Duration.ofDays(1).toMillis();
        int events = warmUp + counting;
        InventedDay day =
                InventedDay.plan(Math.max(1, events / EVENTS_PER_CUSTOMER), events, 1, yesterday);
        scale.progress().accept(guarantee + ": starting Kafka and Flink");
        try (LiveJob job =
                        new LiveJob(
                                scale.live().home(), scale.definitions(), false, all, SETTINGS);
                DecisionTimes decisions = new DecisionTimes(job.config())) {
            long start = System.nanoTime();
            Schedule schedule = new Schedule(start, EVENTS_PER_SECOND);
            double rate;
            try (EventFeed feed = new EventFeed(Events.of(day), job, schedule, Duration.ZERO)) {
                feed.start();
                while (!feed.isDone()) {
                    decisions.read(Duration.ofMillis(100));
                }
                rate = events / ((System.nanoTime() - start) / 1e9);
                // what is decided last becomes visible with a checkpoint
                decisions.readUntilQuiet(job.config().get(TributaryOptions.CHECKPOINT_INTERVAL));
            }
            List<Double> latencies = decisions.latencies(day, schedule, warmUp);
            scale.progress().accept("%s: %s".formatted(guarantee, summary(latencies)));
            results.put(RATE, rate);
            results.put(DECISIONS.formatted(guarantee), (double) latencies.size());
            SHARES.forEach(
                    (share, part) ->
                            results.put(
                                    PERCENTILES.formatted(guarantee, share),
                                    quantile(latencies, part)));
        }
    }

    private static String summary(List<Double> sorted) {
        return "%d decisions, ms: p50 %.1f, p90 %.1f, p95 %.1f, p99 %.1f, most %.1f"
                .formatted(
                        sorted.size(),
                        quantile(sorted, 0.5),
                        quantile(sorted, 0.9),
                        quantile(sorted, 0.95),
                        quantile(sorted, 0.99),
                        quantile(sorted, 1));
    }

    /**
     * The smallest value that so many are not above.
     *
     * @param part 0 to 1
     */
    static double quantile(List<Double> sorted, double part) {
        if (sorted.isEmpty()) {
            throw new BenchmarkFailure("there was no decision to be timed");
        }
        int rank = (int) Math.ceil(part * sorted.size());
        return sorted.get(Math.max(1, rank) - 1);
    }

    /**
     * One event after the other at equal distances, whatever became of the ones before.
     *
     * @param start of the first, as {@link System#nanoTime} tells it
     */
    record Schedule(long start, int perSecond) implements EventFeed.Pace {

        long due(int event) {
            return start + event * 1_000_000_000L / perSecond;
        }

        @Override
        public long nanosUntil(int event) {
            return due(event) - System.nanoTime();
        }
    }
}
