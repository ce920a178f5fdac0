package io.tributary.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/**
 * The whole identity stage on RocksDB, with several reaches of its backfill, beside one {@code
 * keyBy} with one get and put. See docs/benchmarks.md for how each number is taken.
 */
final class IdentityBenchmark implements Benchmark {

    @Override
    public String name() {
        return "identity";
    }

    @Override
    public String description() {
        return "whose event is it, at several reaches of backfill, beside one get and put";
    }

    @Override
    public List<String> keys() {
        List<String> keys = new ArrayList<>(EngineResults.timeKeys("identity.floor."));
        for (IdentityReach reach : IdentityReach.values()) {
            keys.addAll(EngineResults.timeKeys("identity." + reach.label() + "."));
            keys.add(reach.rate());
            keys.add(reach.cpu());
            keys.add(reach.messages());
            keys.add(reach.stateBytes());
        }
        return keys;
    }

    @Override
    public SortedMap<String, Double> run(Scale scale) {
        try {
            Path folder = Files.createTempDirectory("tributary-bench-identity");
            try (IdentityComparison comparison = new IdentityComparison(scale, folder)) {
                return comparison.run();
            } finally {
                Folders.delete(folder);
            }
        } catch (BenchmarkFailure e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("the identity stage failed", e);
        }
    }
}
