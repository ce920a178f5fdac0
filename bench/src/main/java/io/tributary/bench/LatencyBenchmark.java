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
    static final String BOT_RATIO = "latency.bot.p99_vs_alo";
    static final String QUARANTINED = "latency.bot.quarantined";

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

    /** Decisions at once; all other output exactly-once. */
    private static final Map<String, String> AT_LEAST_ONCE =
            Map.of(
                    "checkpoint.interval", "1 min",
                    "interventions.delivery.guarantee", "at-least-once");

    private static final String BASELINE = "alo";
    private static final String BESIDE_A_BOT = "bot";

    /**
     * One stretch of traffic.
     *
     * @param name in the keys
     * @param options of the job
     * @param bot whether there is one beside the customers, as busy as all of them together
     */
    private record Stretch(String name, Map<String, String> options, boolean bot) {}

    private static final List<Stretch> STRETCHES =
            List.of(
                    new Stretch(BASELINE, AT_LEAST_ONCE, false),
                    new Stretch(BESIDE_A_BOT, AT_LEAST_ONCE, true),
                    new Stretch("eo", Map.of("checkpoint.interval", "1 s"), false));

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
        List<String> keys = new ArrayList<>(List.of(RATE, BOT_RATIO, QUARANTINED));
        for (Stretch stretch : STRETCHES) {
            keys.add(DECISIONS.formatted(stretch.name()));
            SHARES.keySet()
                    .forEach(share -> keys.add(PERCENTILES.formatted(stretch.name(), share)));
        }
        return List.copyOf(keys);
    }

    @Override
    public SortedMap<String, Double> run(Scale scale) {
        SortedMap<String, Double> results = new TreeMap<>();
        for (Stretch stretch : STRETCHES) {
            try {
                run(stretch, scale, results);
            } catch (Exception e) {
                throw new IllegalStateException(stretch.name() + " failed", e);
            }
        }
        results.put(BOT_RATIO, p99(BESIDE_A_BOT, results) / p99(BASELINE, results));
        return results;
    }

    private static double p99(String stretch, Map<String, Double> results) {
        return results.getOrDefault(PERCENTILES.formatted(stretch, "p99"), Double.NaN);
    }

    private static void run(Stretch stretch, Scale scale, SortedMap<String, Double> results)
            throws Exception {
        Map<String, String> all = new TreeMap<>(CACHES);
        all.putAll(stretch.options());
        int counting = scale.live().seconds() * EVENTS_PER_SECOND;
        int warmUp = 2 * scale.live().seconds() * EVENTS_PER_SECOND;
        long yesterday = System.currentTimeMillis() - Duration.ofDays(1).toMillis();
        int events = warmUp + counting;
        InventedDay day =
                InventedDay.plan(Math.max(1, events / EVENTS_PER_CUSTOMER), events, 1, yesterday);
        Events sent = stretch.bot() ? new BotTraffic(day) : Events.of(day);
        int stride = stretch.bot() ? BotTraffic.STRIDE : 1;
        scale.progress().accept(stretch.name() + ": starting Kafka and Flink");
        try (LiveJob job =
                        new LiveJob(
                                scale.live().home(), scale.definitions(), false, all, SETTINGS);
                DecisionTimes decisions = new DecisionTimes(job.config())) {
            long start = System.nanoTime();
            Schedule schedule = new Schedule(start, EVENTS_PER_SECOND * stride);
            double rate;
            try (EventFeed feed = new EventFeed(sent, job, schedule, Duration.ZERO)) {
                feed.start();
                while (!feed.isDone()) {
                    decisions.read(Duration.ofMillis(100));
                }
                rate = sent.count() / ((System.nanoTime() - start) / 1e9);
                // what is decided last becomes visible with a checkpoint
                decisions.readUntilQuiet(job.config().get(TributaryOptions.CHECKPOINT_INTERVAL));
            }
            List<Double> latencies =
                    decisions.latencies(day, event -> schedule.due(event * stride), warmUp);
            scale.progress().accept("%s: %s".formatted(stretch.name(), summary(latencies)));
            results.merge(RATE, rate / stride, Math::min);
            if (stretch.bot()) {
                results.put(QUARANTINED, (double) RecordCounts.taken("quarantined events"));
            }
            results.put(DECISIONS.formatted(stretch.name()), (double) latencies.size());
            SHARES.forEach(
                    (share, part) ->
                            results.put(
                                    PERCENTILES.formatted(stretch.name(), share),
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
