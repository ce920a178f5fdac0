package io.tributary.bench;

import java.util.List;
import java.util.Optional;

/** Every benchmark there is. */
final class Benchmarks {

    static final List<Benchmark> ALL =
            List.of(
                    new DecodeBenchmark(),
                    new EngineBenchmark(),
                    new IdentityBenchmark(),
                    new CrossDeviceBenchmark(),
                    new LatencyBenchmark(),
                    new PipelineBenchmark());

    private Benchmarks() {}

    static Optional<Benchmark> named(String name) {
        return ALL.stream().filter(benchmark -> benchmark.name().equals(name)).findFirst();
    }
}
