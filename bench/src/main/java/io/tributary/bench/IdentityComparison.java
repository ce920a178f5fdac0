package io.tributary.bench;

import io.tributary.bench.Benchmark.Scale;
import io.tributary.bench.EngineSlices.Taken;
import io.tributary.bench.OperatorRun.Store;
import io.tributary.event.CustomerEvent;
import io.tributary.identity.Assignment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Stream;

/** One run of {@link IdentityBenchmark}. */
final class IdentityComparison implements AutoCloseable {

    /** Of the floor's database; the operators of a stage share as much. */
    private static final int MEGABYTES = 512;

    /** Of a layer of the stage that has something to do, and of one that has nothing. */
    private static final int BUSY_MEGABYTES = 200;

    private static final int IDLE_MEGABYTES = 16;

    /** A device has so many times fewer of them than there are customers with a history. */
    private static final int CUSTOMERS_PER_DEVICE = 10;

    /** What a layer may keep on the heap, of a million devices 50,000. */
    private static final int DEVICES_PER_CACHED = 20;

    private static final int MIN_CACHED = 100;

    private static final int LOADED_AT_ONCE = 10 * EngineSlices.WATERMARK_EVERY;

    private final Scale scale;
    private final Path folder;
    private final IdentityTraffic traffic;
    private final EngineSlices slices = new EngineSlices();
    private final EngineResults results = new EngineResults();
    private final List<IdentityContender> stages = new ArrayList<>();
    private final FloorContender floor;
    private final Set<String> seen = new HashSet<>();
    private long events;

    /**
     * @param folder for everything on disk; whoever gives it removes it
     */
    IdentityComparison(Scale scale, Path folder) throws Exception {
        this.scale = scale;
        this.folder = folder;
        this.traffic = new IdentityTraffic(Math.max(1, scale.customers() / CUSTOMERS_PER_DEVICE));
        int cached = Math.max(MIN_CACHED, traffic.devices() / DEVICES_PER_CACHED);
        for (IdentityReach reach : IdentityReach.values()) {
            stages.add(
                    new IdentityContender(
                            reach,
                            scale.definitions(),
                            cached,
                            operator -> store(folder.resolve(reach.label()), operator)));
        }
        this.floor =
                new FloorContender(
                        traffic.identifiers(),
                        new IdentityTraffic(1).take(1).get(0),
                        Store.rocksDb(folder.resolve("floor"), MEGABYTES));
    }

    private static Store store(Path folder, String operator) {
        int megabytes =
                IdentityTraffic.NAMESPACES.contains(operator) ? BUSY_MEGABYTES : IDLE_MEGABYTES;
        return Store.rocksDb(folder.resolve(operator), megabytes);
    }

    SortedMap<String, Double> run() throws Exception {
        for (int left = traffic.month(); left > 0; left -= LOADED_AT_ONCE) {
            List<Assignment> past = next(Math.min(left, LOADED_AT_ONCE));
            for (IdentityContender stage : stages) {
                slices.feed(stage, past, new Taken());
            }
        }
        scale.progress().accept("a month has passed");
        rounds();
        long before = events;
        List<Long> messages = stages.stream().map(stage -> stage.stage().messages()).toList();
        List<Taken> taken = rounds();
        results.times("identity.floor.", taken.get(0));
        for (int i = 0; i < stages.size(); i++) {
            IdentityContender stage = stages.get(i);
            Taken its = taken.get(i + 1);
            results.times("identity." + stage.name() + ".", its);
            results.put(
                    stage.reach().rate(), its.eventsPerSecond() / taken.get(0).eventsPerSecond());
            results.put(stage.reach().cpu(), taken.get(0).cpuMicros() / its.cpuMicros());
            results.put(
                    stage.reach().messages(),
                    (double) (stage.stage().messages() - messages.get(i)) / (events - before));
            results.put(stage.reach().stateBytes(), (double) bytes(stage) / seen.size());
            if (stage.told() != events) {
                throw new BenchmarkFailure(
                        "with %s %d of %d events have a customer"
                                .formatted(stage.name(), stage.told(), events));
            }
        }
        return results.values();
    }

    /** In the order of the results: the floor, then the stages. */
    private List<Taken> rounds() throws Exception {
        List<EngineContender> contenders =
                Stream.concat(Stream.of(floor), stages.stream()).toList();
        List<Taken> taken = contenders.stream().map(contender -> new Taken()).toList();
        for (int round = 0; round < scale.rounds(); round++) {
            List<Assignment> slice = next(Math.max(1, scale.events() / scale.rounds()));
            for (int i = 0; i < contenders.size(); i++) {
                int turn = round % 2 == 0 ? i : contenders.size() - 1 - i;
                slices.feed(contenders.get(turn), slice, taken.get(turn));
            }
            scale.progress().accept("slice %d of %d".formatted(round + 1, scale.rounds()));
        }
        return taken;
    }

    /** Keyed, for the floor, by the highest identifier that they carry. */
    private List<Assignment> next(int count) {
        List<Assignment> next = new ArrayList<>(count);
        for (CustomerEvent event : traffic.take(count)) {
            event.identifiers().forEach(identifier -> seen.add(identifier.key()));
            int highest = event.identifiers().size() - 1;
            next.add(Assignment.plus(event.identifiers().get(highest).key(), event));
        }
        events += count;
        return next;
    }

    private long bytes(IdentityContender stage) throws Exception {
        Path copies = folder.resolve(stage.name() + "-copies");
        return stage.stage().stateBytes(operator -> store(copies, operator));
    }

    @Override
    public void close() throws Exception {
        for (IdentityContender stage : stages) {
            stage.close();
        }
        floor.close();
    }
}
