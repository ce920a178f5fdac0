package io.tributary.bench;

import io.tributary.bench.Benchmark.Scale;
import io.tributary.bench.EngineSlices.Taken;
import io.tributary.bench.EngineTraffic.Live;
import io.tributary.bench.OperatorRun.Store;
import io.tributary.event.CustomerEvent;
import io.tributary.event.CustomerEventSerializer;
import io.tributary.identity.Assignment;
import io.tributary.local.process.Folders;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader.Provider;
import java.util.SortedMap;
import java.util.stream.IntStream;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.jspecify.annotations.Nullable;

/** One run of {@link EngineBenchmark}. */
final class EngineComparison implements AutoCloseable {

    /** RocksDB's memory of each contender, however many databases it has. */
    private static final int MEGABYTES = 1_280;

    /** Of each of the ten operators of stock flink-cep. */
    private static final int STOCK_MEGABYTES = MEGABYTES / 10;

    private static final int MOST_CACHED = 50_000;
    private static final int CUSTOMERS_PER_CACHED = 20;

    /** So long after the last event every absence of up to two and a half hours has been found. */
    private static final long DRAIN = Duration.ofHours(3).toMillis();

    /** Bytes are counted of about so many customers. */
    private static final int SAMPLE = 10_000;

    /** Events of the long run for each customer. */
    private static final int LONG = 2;

    private final Scale scale;
    private final Path folder;
    private final EngineTraffic traffic;
    private final EngineSlices slices = new EngineSlices();
    private final EngineResults results = new EngineResults();
    private final List<EngineContender> rivals = new ArrayList<>();
    private final OursContender ours;

    /**
     * @param folder for everything on disk; whoever gives it removes it
     */
    EngineComparison(Scale scale, Path folder) throws Exception {
        this.scale = scale;
        this.folder = folder;
        this.traffic = new EngineTraffic(scale.customers());
        // ours last: loading the other pushes files that are not used out of memory
        rivals.add(loaded("definitions_100", EngineTraffic.SHOPS));
        this.ours = loaded("ours", 1);
    }

    /** An operator that goes on from a checkpoint in which everybody has their history. */
    private OursContender loaded(String name, int shops) throws Exception {
        String loading = "load" + shops;
        OursContender loaded = ours(name, shops, load(loading, shops));
        Folders.delete(folder.resolve(loading));
        return loaded;
    }

    private OursContender ours(String name, int shops, @Nullable OperatorSubtaskState restored)
            throws Exception {
        return new OursContender(
                name,
                EngineDefinitions.read(scale.definitions(), shops),
                Math.min(MOST_CACHED, Math.max(1, scale.customers() / CUSTOMERS_PER_CACHED)),
                Store.rocksDb(folder.resolve(name), MEGABYTES),
                restored);
    }

    SortedMap<String, Double> run() throws Exception {
        firstCheckpoint();
        countBytes();
        Live live = traffic.live(EngineTraffic.LIVE, 1);
        compare(live);
        long drained = drain(live);
        long disordered = outOfOrder(drained);
        longRun(disordered);
        return results.values();
    }

    /** The state of an operator that has seen everybody's history. */
    private OperatorSubtaskState load(String name, int shops) throws Exception {
        long start = System.nanoTime();
        try (OursContender loader = ours(name, shops, null)) {
            loader.load(traffic);
            OperatorSubtaskState loaded = loader.run().checkpoint(2);
            double took = seconds(start);
            if (shops == 1) {
                results.put(EngineResults.LOAD, took);
            }
            say("loaded in %.0f s", took);
            return loaded;
        }
    }

    private void firstCheckpoint() throws Exception {
        long start = System.nanoTime();
        ours.run().checkpoint(3);
        results.put(EngineResults.FIRST_CHECKPOINT, seconds(start) * 1_000);
    }

    private void countBytes() throws Exception {
        int groups =
                (int)
                        Math.min(
                                OperatorRun.MAX_PARALLELISM,
                                Math.max(
                                        1,
                                        (long) OperatorRun.MAX_PARALLELISM
                                                * SAMPLE
                                                / traffic.customers()));
        int[] sample =
                IntStream.range(0, traffic.customers())
                        .filter(i -> keyGroup(traffic.customer(i)) < groups)
                        .toArray();
        long payload = 0;
        DataOutputSerializer out = new DataOutputSerializer(1_024);
        for (int customer : sample) {
            for (CustomerEvent event : traffic.history(customer)) {
                CustomerEventSerializer.INSTANCE.serialize(event, out);
                payload += out.length();
                out.clear();
            }
        }
        long log = 0;
        long beside = 0;
        for (Map.Entry<String, Long> state :
                StateBytes.read(ours.run().database(), groups).entrySet()) {
            if (OursContender.LOG_STATES.contains(state.getKey())) {
                log += state.getValue();
            } else {
                beside += state.getValue();
            }
        }
        results.put(EngineResults.LOG_BYTES, (double) log / payload);
        results.put(EngineResults.STATE_BYTES, (double) beside / sample.length);
    }

    private static int keyGroup(String customer) {
        return KeyGroupRangeAssignment.assignToKeyGroup(customer, OperatorRun.MAX_PARALLELISM);
    }

    /** Everybody gets the same slices, in turn, in the other order every second time. */
    private void compare(Live live) throws Exception {
        rivals.add(new FloorContender(traffic, Store.rocksDb(folder.resolve("floor"), MEGABYTES)));
        rivals.add(
                new StockContender(
                        "stock_rocksdb",
                        id -> Store.rocksDb(folder.resolve("stock").resolve(id), STOCK_MEGABYTES)));
        rivals.add(new StockContender("stock_heap", id -> Store.heap()));
        for (Provider<EngineRival> rival : EngineBenchmark.builtIn().toList()) {
            rivals.add(rival.get().start());
        }
        List<EngineContender> contenders = new ArrayList<>(rivals);
        contenders.add(0, ours);
        rounds(contenders, live);
        for (EngineContender contender : contenders) {
            contender.readAll();
        }
        List<Taken> taken = rounds(contenders, live);
        Taken own = taken.get(0);
        results.times("engine.", own);
        results.put(EngineResults.HIT_RATE, ours.hitRate());
        results.manyDefinitions(taken.get(1), own);
        for (int i = 2; i < contenders.size(); i++) {
            results.rival(contenders.get(i).name(), taken.get(i), own);
        }
        long start = System.nanoTime();
        ours.run().checkpoint(4);
        results.put(EngineResults.CHECKPOINT, seconds(start) * 1_000);
    }

    private List<Taken> rounds(List<EngineContender> contenders, Live live) throws Exception {
        List<Taken> taken = contenders.stream().map(contender -> new Taken()).toList();
        ours.resetHitRate();
        for (int round = 0; round < scale.rounds(); round++) {
            List<Assignment> slice = live.take(sliceEvents());
            for (int i = 0; i < contenders.size(); i++) {
                int turn = round % 2 == 0 ? i : contenders.size() - 1 - i;
                slices.feed(contenders.get(turn), slice, taken.get(turn));
            }
            say("slice %d of %d", round + 1, scale.rounds());
        }
        return taken;
    }

    private int sliceEvents() {
        return Math.max(1, scale.events() / scale.rounds());
    }

    /**
     * Lets what is still waiting fall due, compares what was found, and sends the rivals home.
     *
     * @return the time to which event time has come
     */
    private long drain(Live live) throws Exception {
        long end = live.time() + DRAIN;
        ours.watermark(end);
        for (EngineContender rival : rivals) {
            rival.watermark(end);
            if (rival instanceof OursContender shops
                    && shops.matches().count() != ours.matches().count()) {
                throw new BenchmarkFailure(
                        "of %d definitions %d matches, of ten %d"
                                .formatted(
                                        EngineDefinitions.IDS.size() * EngineTraffic.SHOPS,
                                        shops.matches().count(),
                                        ours.matches().count()));
            }
            if (rival instanceof StockContender stock
                    && !stock.matches().isSameAs(ours.matches())) {
                throw new BenchmarkFailure(
                        "matches differ:\nours %s\n%s %s"
                                .formatted(ours.matches(), stock.name(), stock.matches()));
            }
        }
        results.put(EngineResults.MATCHES, ours.matches().count());
        closeRivals();
        return end;
    }

    /**
     * Slices for nobody but ours, a share of each late.
     *
     * @return the time to which event time has come
     */
    private long outOfOrder(long start) throws Exception {
        Live live = traffic.live(start, 2);
        slices.feed(ours, live.take(sliceEvents()), new Taken());
        List<Taken> taken = List.of(new Taken(), new Taken(), new Taken());
        double[] shares = {0, 0.01, 0.1};
        for (int round = 0; round < scale.rounds(); round++) {
            for (int i = 0; i < shares.length; i++) {
                int turn = round % 2 == 0 ? i : shares.length - 1 - i;
                List<Assignment> slice = live.take(sliceEvents());
                slices.feed(
                        ours, EngineTraffic.disorder(slice, shares[turn], round), taken.get(turn));
            }
        }
        results.outOfOrder(taken.get(0), taken.get(1), taken.get(2));
        return live.time();
    }

    private void longRun(long start) throws Exception {
        Live live = traffic.live(start, 3);
        long events = (long) LONG * traffic.customers();
        int slice = 10 * EngineSlices.WATERMARK_EVERY;
        Taken taken = new Taken();
        ours.resetHitRate();
        for (long done = 0; done < events; done += slice) {
            List<Assignment> next = live.take((int) Math.min(slice, events - done));
            slices.feed(ours, next, taken);
        }
        results.times("engine.long.", taken);
        results.put(EngineResults.LONG_HIT_RATE, ours.hitRate());
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    private void say(String format, Object... arguments) {
        scale.progress().accept(format.formatted(arguments));
    }

    private void closeRivals() throws Exception {
        for (EngineContender rival : rivals) {
            rival.close();
        }
        rivals.clear();
    }

    @Override
    public void close() throws Exception {
        closeRivals();
        ours.close();
    }
}
