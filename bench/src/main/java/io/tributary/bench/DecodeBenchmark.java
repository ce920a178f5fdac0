package io.tributary.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tributary.bench.Rounds.Median;
import io.tributary.definition.Definitions;
import io.tributary.definition.Problems;
import io.tributary.event.CustomerEvent;
import io.tributary.ingest.Decoder;
import io.tributary.ingest.IdentifierSecret;
import io.tributary.ingest.Ingested;
import io.tributary.ingest.RawRecord;
import io.tributary.ingest.Sources;
import io.tributary.local.traffic.InventedEvents;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Bytes of Segment JSON to a customer event (parse, type, times, typed and masked properties,
 * pseudonyms), beside the floor: Jackson reading the same bytes into a tree and nothing else.
 */
final class DecodeBenchmark implements Benchmark {

    static final String CPU = "ingest.cpu_us_per_event";
    static final String FLOOR_CPU = "ingest.floor.cpu_us_per_event";
    static final String VERSUS_FLOOR = "ingest.cpu.vs_floor";
    static final String RATE = "ingest.events_per_s";
    static final String FLOOR_RATE = "ingest.floor.events_per_s";
    static final String BYTES = "ingest.bytes_per_event";

    /** Longer than the traffic lasts: nothing is late. */
    private static final Duration LATENESS = Duration.ofDays(30);

    private static final int EVENTS_PER_CUSTOMER = 20;

    @Override
    public String name() {
        return "decode";
    }

    @Override
    public String description() {
        return "Segment JSON to customer events, beside Jackson reading the same bytes";
    }

    @Override
    public List<String> keys() {
        return List.of(CPU, FLOOR_CPU, VERSUS_FLOOR, RATE, FLOOR_RATE, BYTES);
    }

    @Override
    public SortedMap<String, Double> run(Scale scale) {
        int customers = Math.max(1, scale.events() / EVENTS_PER_CUSTOMER);
        List<byte[]> lines = InventedEvents.inOrder(customers, scale.events(), 1);
        Decoder decoder = decoder(scale);
        ObjectMapper mapper = new ObjectMapper();
        List<Median> medians =
                new Rounds()
                        .compare(
                                scale.rounds(),
                                List.of(() -> decode(decoder, lines), () -> parse(mapper, lines)));
        return results(medians.get(0), medians.get(1), lines);
    }

    private static Decoder decoder(Scale scale) {
        Problems problems = new Problems();
        Sources sources =
                Sources.compile(
                        Definitions.read(scale.definitions()),
                        IdentifierSecret.publishedTestKey(),
                        LATENESS,
                        problems);
        problems.throwIfAny();
        return sources.decoderForFiles();
    }

    /** Sum of the event times; a rejected event would make the comparison unfair. */
    private static long decode(Decoder decoder, List<byte[]> lines) {
        long[] sum = new long[1];
        long number = 0;
        for (byte[] line : lines) {
            decoder.decode(
                    RawRecord.line("bench", ++number, line), ingested -> sum[0] += time(ingested));
        }
        return sum[0];
    }

    private static long time(Ingested ingested) {
        CustomerEvent event = ingested.event();
        if (event == null) {
            throw new IllegalStateException("an invented event was rejected: " + ingested);
        }
        return event.time();
    }

    /** Sum of the number of fields. */
    private static long parse(ObjectMapper mapper, List<byte[]> lines) {
        long sum = 0;
        try {
            for (byte[] line : lines) {
                sum += mapper.readTree(line).size();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return sum;
    }

    private static SortedMap<String, Double> results(
            Median decoder, Median floor, List<byte[]> lines) {
        int events = lines.size();
        TreeMap<String, Double> values = new TreeMap<>();
        values.put(CPU, decoder.cpuNanos() / 1_000 / events);
        values.put(FLOOR_CPU, floor.cpuNanos() / 1_000 / events);
        values.put(VERSUS_FLOOR, decoder.cpuNanos() / floor.cpuNanos());
        values.put(RATE, events * 1e9 / decoder.nanos());
        values.put(FLOOR_RATE, events * 1e9 / floor.nanos());
        values.put(BYTES, lines.stream().mapToInt(line -> line.length).average().orElse(0));
        return values;
    }
}
