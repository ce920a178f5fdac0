package io.tributary.bench;

import io.tributary.bench.EngineSlices.Taken;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What {@link EngineBenchmark} found, by name. */
final class EngineResults {

    static final String HIT_RATE = "engine.hit_rate";
    static final String STATE_BYTES = "engine.state_bytes_per_customer";
    static final String LOG_BYTES = "engine.log_bytes_vs_payload";
    static final String CHECKPOINT = "engine.checkpoint_ms";
    static final String FIRST_CHECKPOINT = "engine.first_checkpoint_ms";
    static final String LOAD = "engine.load_s";
    static final String MATCHES = "engine.matches";
    static final String LONG_HIT_RATE = "engine.long.hit_rate";

    private static final String RATE = "events_per_s";
    private static final String CPU = "cpu_us_per_event";
    private static final String PROCESS_CPU = "process_cpu_us_per_event";
    private static final String VS_FLOOR = "engine.rate.vs_floor";
    private static final String MANY = "engine.rate.definitions_100_vs_10";
    private static final String ONE_PERCENT = "engine.rate.out_of_order_1pct";
    private static final String TEN_PERCENT = "engine.rate.out_of_order_10pct";

    /** Those that are there whatever rivals there are. */
    static final List<String> KEYS =
            Stream.of(
                            timeKeys("engine."),
                            timeKeys("engine.long."),
                            List.of(
                                    VS_FLOOR,
                                    MANY,
                                    ONE_PERCENT,
                                    TEN_PERCENT,
                                    HIT_RATE,
                                    LONG_HIT_RATE,
                                    STATE_BYTES,
                                    LOG_BYTES,
                                    CHECKPOINT,
                                    FIRST_CHECKPOINT,
                                    LOAD,
                                    MATCHES))
                    .flatMap(List::stream)
                    .toList();

    private final TreeMap<String, Double> values = new TreeMap<>();

    static List<String> timeKeys(String prefix) {
        return List.of(prefix + CPU, prefix + PROCESS_CPU, prefix + RATE);
    }

    void put(String key, double value) {
        values.put(key, value);
    }

    /**
     * @param prefix such as {@code engine.floor.}
     */
    void times(String prefix, Taken taken) {
        put(prefix + CPU, taken.cpuMicros());
        put(prefix + PROCESS_CPU, taken.processCpuMicros());
        put(prefix + RATE, taken.eventsPerSecond());
    }

    /** How many times better ours is. */
    void rival(String rival, Taken its, Taken ours) {
        times("engine." + rival + ".", its);
        put("engine.cpu.vs_" + rival, its.cpuMicros() / ours.cpuMicros());
        if (rival.equals("floor")) {
            put(VS_FLOOR, ours.eventsPerSecond() / its.eventsPerSecond());
        }
    }

    void manyDefinitions(Taken many, Taken ten) {
        put(MANY, many.eventsPerSecond() / ten.eventsPerSecond());
    }

    void outOfOrder(Taken inOrder, Taken onePercent, Taken tenPercent) {
        put(ONE_PERCENT, onePercent.eventsPerSecond() / inOrder.eventsPerSecond());
        put(TEN_PERCENT, tenPercent.eventsPerSecond() / inOrder.eventsPerSecond());
    }

    SortedMap<String, Double> values() {
        return values;
    }
}
