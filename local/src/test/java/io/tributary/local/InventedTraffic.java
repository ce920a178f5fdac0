package io.tributary.local;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.event.CanonicalJson;
import io.tributary.event.EventTime;
import io.tributary.local.traffic.GenerateCommand;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;

/**
 * Events as {@code ./tributary generate} invents them, cut into pieces that arrive one after the
 * other. An event's topic follows from its channel, its partition from its bytes, so that those of
 * one customer are spread over all of them.
 *
 * <p>After each piece a heartbeat, an event of a customer that does nothing else, is in every
 * partition: event time goes on everywhere, and absences come due also where nothing happens. The
 * last one lies {@link #SILENCE} behind the end, after the deadline of every absence.
 */
final class InventedTraffic {

    /** Longer than the longest absence, two days, and the delay of the watermark. */
    private static final Duration SILENCE = Duration.ofDays(3);

    /** All scripts, the one with a case that is open for two days included, fit. */
    private static final int DAYS = 4;

    /** One event on its way into a partition. */
    @SuppressWarnings("ArrayRecordComponent")
    record Input(String channel, int partition, byte[] value) {}

    private final List<List<Input>> pieces = new ArrayList<>();
    private final long start;

    /**
     * @param start epoch milliseconds
     * @param count of pieces
     */
    InventedTraffic(
            Path folder,
            int customers,
            int events,
            long seed,
            long start,
            int count,
            int partitions)
            throws IOException {
        this.start = start;
        List<String> lines = generate(folder, customers, events, seed, start);
        for (int i = 0; i < count; i++) {
            List<String> some =
                    lines.subList(lines.size() * i / count, lines.size() * (i + 1) / count);
            List<Input> piece = new ArrayList<>();
            some.forEach(line -> piece.add(input(line, partitions)));
            long arrived =
                    EventTime.parse(parse(some.get(some.size() - 1)).path("receivedAt").asText());
            piece.addAll(heartbeats(i == count - 1 ? end() : arrived, partitions));
            pieces.add(piece);
        }
    }

    List<List<Input>> pieces() {
        return pieces;
    }

    /** Time of the last heartbeat, epoch milliseconds. */
    long end() {
        return start + Duration.ofDays(DAYS).plus(SILENCE).toMillis();
    }

    /** Writes all events, one a line, as a backtest reads them. */
    Path write(Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            for (List<Input> piece : pieces) {
                for (Input input : piece) {
                    out.write(input.value());
                    out.write('\n');
                }
            }
        }
        return file;
    }

    private static List<String> generate(
            Path folder, int customers, int events, long seed, long start) throws IOException {
        Path file = folder.resolve("generated-" + seed + ".ndjson");
        int status =
                new CommandLine(new GenerateCommand())
                        .execute(
                                "--customers=" + customers,
                                "--events=" + events,
                                "--seed=" + seed,
                                "--start=" + EventTime.format(start),
                                "--days=" + DAYS,
                                "--out-of-order=0.02",
                                "--out=" + file);
        if (status != 0) {
            throw new IllegalStateException("generate ended with status " + status);
        }
        return Files.readAllLines(file);
    }

    private static Input input(String line, int partitions) {
        byte[] value = line.getBytes(StandardCharsets.UTF_8);
        int partition = Math.floorMod(Arrays.hashCode(value), partitions);
        return new Input(parse(line).path("channel").asText(), partition, value);
    }

    private static List<Input> heartbeats(long time, int partitions) {
        List<Input> all = new ArrayList<>();
        for (String channel : InputTopics.CHANNELS) {
            for (int partition = 0; partition < partitions; partition++) {
                String place = channel + "-" + partition;
                byte[] value =
                        CanonicalJson.bytes(
                                CanonicalJson.object()
                                        .put("type", "track")
                                        .put("event", "session_started")
                                        .put("messageId", "heartbeat-" + place + "-" + time)
                                        .put("userId", "heartbeat-" + place)
                                        .put("channel", channel)
                                        .put("timestamp", EventTime.format(time))
                                        .put("receivedAt", EventTime.format(time)));
                all.add(new Input(channel, partition, value));
            }
        }
        return all;
    }

    private static JsonNode parse(String line) {
        return CanonicalJson.parse(line.getBytes(StandardCharsets.UTF_8));
    }
}
