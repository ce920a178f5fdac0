package io.tributary.bench;

import io.tributary.bench.CpuProfile.Usage;
import io.tributary.local.traffic.InventedDay;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * JSON from Kafka to Kafka and Elasticsearch, all on this machine, as fast as it goes. See
 * docs/benchmarks.md for how each number is taken.
 */
final class PipelineBenchmark implements Benchmark {

    static final String RATE = "pipeline.events_per_s";
    static final String CPU = "pipeline.cpu_us_per_event";
    static final String DOCUMENTS = "pipeline.documents_per_event";
    static final String INDEXED = "pipeline.index.catch_up_s";

    /** Events for each customer and day. */
    private static final int EVENTS_PER_CUSTOMER = 8;

    /** So many are on their way at most: enough for every stage to be busy, still in order. */
    private static final int BACKLOG = 10_000;

    /** How long the feed waits when there are that many. */
    private static final long PAUSE_NANOS = 1_000_000;

    /** Share of the events that warm up. */
    private static final double WARM_UP = 0.5;

    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final int METHODS_SHOWN = 25;

    /**
     * Records wait for each other, between tasks and at the broker; checkpoints are rare, and
     * caches large enough for everybody who is active: docs/cluster.md.
     */
    private static final Map<String, String> THROUGHPUT =
            Map.of(
                    "checkpoint.interval", "1 min",
                    "customer.cache", "100000",
                    "identity.cache", "100000",
                    "buffer.timeout", "100 ms",
                    "kafka.fetch.min.bytes", "100000",
                    "kafka.fetch.max.wait.ms", "100");

    private static final Map<String, String> SETTINGS =
            Map.of("taskmanager.memory.managed.size", "2 gb");

    private static final List<String> DOCUMENT_OPERATORS =
            List.of("pain-points", "interventions", "metrics", "customers");

    @Override
    public String name() {
        return "pipeline";
    }

    @Override
    public String description() {
        return "JSON from Kafka to Kafka and Elasticsearch, everything on this machine";
    }

    @Override
    public List<String> keys() {
        List<String> keys = new ArrayList<>(List.of(RATE, CPU, DOCUMENTS, INDEXED));
        stages().forEach(stage -> keys.add(key(stage)));
        return List.copyOf(keys);
    }

    private static List<Stage> stages() {
        return Arrays.stream(Stage.values()).filter(stage -> stage != Stage.BENCH).toList();
    }

    private static String key(Stage stage) {
        return "pipeline." + stage.word() + ".cpu_us_per_event";
    }

    @Override
    public SortedMap<String, Double> run(Scale scale) {
        try {
            Path file = Files.createTempFile("tributary-bench-", ".events");
            scale.progress().accept("writing events, starting Kafka, Elasticsearch and Flink");
            try (Events.Written events = Events.Written.to(file, day(scale.live().events()));
                    LiveJob job =
                            new LiveJob(
                                    scale.live().home(),
                                    scale.definitions(),
                                    true,
                                    THROUGHPUT,
                                    SETTINGS);
                    EventFeed feed = new EventFeed(events, job, pace(), Duration.ofMillis(5));
                    CpuProfile profile = new CpuProfile()) {
                System.gc();
                feed.start();
                return measure(feed, profile, scale);
            } finally {
                Files.delete(file);
            }
        } catch (Exception e) {
            throw new IllegalStateException("the pipeline failed", e);
        }
    }

    private static InventedDay day(int events) {
        long yesterday = System.currentTimeMillis() - Duration.ofDays(1).toMillis();
        return InventedDay.plan(Math.max(1, events / EVENTS_PER_CUSTOMER), events, 1, yesterday);
    }

    private static EventFeed.Pace pace() {
        return event -> event - read() >= BACKLOG ? PAUSE_NANOS : 0;
    }

    private static long read() {
        return RecordCounts.taken("ingest");
    }

    private static long documents() {
        return DOCUMENT_OPERATORS.stream().mapToLong(RecordCounts::given).sum();
    }

    private static long indexed() {
        return RecordCounts.taken("sink-index: Writer");
    }

    private SortedMap<String, Double> measure(EventFeed feed, CpuProfile profile, Scale scale)
            throws InterruptedException {
        int events = scale.live().events();
        awaitRead((long) (events * WARM_UP), feed, scale);
        profile.restart();
        long began = System.nanoTime();
        long from = read();
        long documentsBefore = documents();
        awaitRead(events, feed, scale);
        double seconds = (System.nanoTime() - began) / 1e9;
        Usage usage = profile.usage();
        long measured = read() - from;
        long documents = documents();
        SortedMap<String, Double> results = new TreeMap<>();
        results.put(RATE, measured / seconds);
        results.put(CPU, usage.total() / 1e3 / measured);
        results.put(DOCUMENTS, (documents - documentsBefore) / (double) measured);
        for (Stage stage : stages()) {
            results.put(key(stage), usage.nanos().getOrDefault(stage, 0L) / 1e3 / measured);
        }
        show(usage, measured, scale);
        long ended = System.nanoTime();
        await(() -> indexed() >= documents, scale);
        results.put(INDEXED, (System.nanoTime() - ended) / 1e9);
        return results;
    }

    private static void show(Usage usage, long events, Scale scale) {
        scale.progress().accept("the methods that take most, µs for each event:");
        usage.hottest().stream()
                .limit(METHODS_SHOWN)
                .forEach(
                        method ->
                                scale.progress()
                                        .accept(
                                                "  %7.3f  %s"
                                                        .formatted(
                                                                method.getValue() / 1e3 / events,
                                                                method.getKey())));
    }

    private static void awaitRead(long events, EventFeed feed, Scale scale)
            throws InterruptedException {
        await(
                () -> {
                    feed.isDone();
                    return read() >= events;
                },
                scale);
    }

    private static void await(java.util.function.BooleanSupplier condition, Scale scale)
            throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        long told = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("not done after " + PATIENCE);
            }
            if (System.nanoTime() - told > Duration.ofSeconds(10).toNanos()) {
                told = System.nanoTime();
                scale.progress()
                        .accept(
                                "%,d events read, %,d documents written, %,d indexed"
                                        .formatted(read(), documents(), indexed()));
            }
            Thread.sleep(5);
        }
    }
}
