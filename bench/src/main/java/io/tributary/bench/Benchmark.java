package io.tributary.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;

/** One measurement. */
interface Benchmark {

    /**
     * How much to measure.
     *
     * @param definitions definitions folder
     * @param events for each contender and round
     * @param rounds that count; as many again, at least one, warm up
     */
    record Scale(Path definitions, int events, int rounds) {}

    /** What {@code ./tributary bench NAME} calls it. */
    String name();

    /** One line: what is compared with what. */
    String description();

    /** What {@link #run} yields, whatever the scale. */
    List<String> keys();

    /**
     * @return flat names, such as {@code ingest.cpu_us_per_event}, to values
     */
    SortedMap<String, Double> run(Scale scale);
}
