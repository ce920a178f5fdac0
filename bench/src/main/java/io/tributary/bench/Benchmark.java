package io.tributary.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Consumer;

/** One measurement. */
interface Benchmark {

    /**
     * How much to measure.
     *
     * @param definitions definitions folder
     * @param events for each contender and round
     * @param rounds that count; as many again, at least one, warm up
     * @param customers who have a history, for what keeps state of customers
     * @param crossDevice folder of the real sessions of visitors with several devices
     * @param live how much, of what runs as the jobs do
     * @param progress is told how far it is
     */
    record Scale(
            Path definitions,
            int events,
            int rounds,
            int customers,
            Path crossDevice,
            Live live,
            Consumer<String> progress) {}

    /**
     * Of benchmarks with servers.
     *
     * @param home the project's folder: deploy and what was built
     * @param events that go through the pipeline
     * @param seconds that count for latency; twice as many warm up before
     */
    record Live(Path home, int events, int seconds) {}

    /** What {@code ./tributary bench NAME} calls it. */
    String name();

    /** One line: what is compared with what. */
    String description();

    /** What {@link #run} would have to have and has not; empty if nothing is missing. */
    default Optional<String> missing(Scale scale) {
        return Optional.empty();
    }

    /** What {@link #run} yields, whatever the scale. */
    List<String> keys();

    /**
     * @throws BenchmarkFailure if those who were compared did not do the same
     * @return flat names, such as {@code ingest.cpu_us_per_event}, to values
     */
    SortedMap<String, Double> run(Scale scale);
}
