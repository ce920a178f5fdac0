package io.tributary.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.stream.Stream;

/**
 * The customer operator on RocksDB, beside stock flink-cep, beside the least that state costs, and
 * beside Esper where that was built in. See docs/benchmarks.md for how each number is taken.
 */
final class EngineBenchmark implements Benchmark {

    static final String ESPER = "esper";

    @Override
    public String name() {
        return "engine";
    }

    @Override
    public String description() {
        return "ten definitions over every customer's log, beside flink-cep, one get and put,"
                + " Esper";
    }

    @Override
    public List<String> keys() {
        List<String> keys = new ArrayList<>(EngineResults.KEYS);
        for (String rival : rivals()) {
            keys.add("engine.cpu.vs_" + rival);
            keys.addAll(EngineResults.timeKeys("engine." + rival + "."));
        }
        return List.copyOf(keys);
    }

    private static List<String> rivals() {
        List<String> rivals = new ArrayList<>(List.of("stock_rocksdb", "stock_heap", "floor"));
        if (builtIn().count() > 0) {
            rivals.add(ESPER);
        }
        return rivals;
    }

    static Stream<ServiceLoader.Provider<EngineRival>> builtIn() {
        return ServiceLoader.load(EngineRival.class).stream();
    }

    @Override
    public SortedMap<String, Double> run(Scale scale) {
        if (builtIn().findAny().isEmpty()) {
            scale.progress().accept("Esper is left out: it is only in what -Pesper builds");
        }
        try {
            Path folder = Files.createTempDirectory("tributary-bench-engine");
            try (EngineComparison comparison = new EngineComparison(scale, folder)) {
                return comparison.run();
            } finally {
                Folders.delete(folder);
            }
        } catch (BenchmarkFailure e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("an engine failed", e);
        }
    }
}
