package io.tributary.local.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.event.CanonicalJson;
import io.tributary.event.EventTime;
import io.tributary.local.traffic.GenerateCommand;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine;

/**
 * Invented events in pieces that arrive one after the other. Some of the orders that the first
 * pieces bring are regretted in the last one.
 *
 * <p>Each piece ends with a heartbeat for every partition, an event of a customer who does nothing
 * else: the watermark follows wherever else nothing happens. The last one lies behind the deadline
 * of every absence.
 */
final class ClusterTraffic {

    static final int PARTITIONS = 2;
    static final int REGRETS = 30;

    /** 2026-03-01T00:00:00Z. */
    private static final long START = 1_772_323_200_000L;

    private static final int DAYS = 4;
    private static final Duration SILENCE = Duration.ofDays(3);

    /** An event and the partition it goes to. */
    record Input(int partition, String value) {}

    private final List<List<Input>> pieces = new ArrayList<>();

    ClusterTraffic(Path folder, int customers, int events, int count) throws IOException {
        List<String> lines = generate(folder.resolve("generated.ndjson"), customers, events);
        long end = START + Duration.ofDays(DAYS).toMillis();
        for (int i = 0; i < count; i++) {
            List<String> some =
                    lines.subList(lines.size() * i / count, lines.size() * (i + 1) / count);
            List<Input> piece = new ArrayList<>();
            some.forEach(line -> piece.add(input(line)));
            boolean last = i == count - 1;
            if (last) {
                regrets(lines.subList(0, lines.size() / 2), end)
                        .forEach(line -> piece.add(input(line)));
            }
            String arrived = parse(some.get(some.size() - 1)).path("receivedAt").asText();
            piece.addAll(heartbeats(last ? end + SILENCE.toMillis() : EventTime.parse(arrived)));
            pieces.add(piece);
        }
    }

    List<Input> piece(int number) {
        return pieces.get(number);
    }

    /** All events, one a line, as a backtest reads them. */
    Path write(Path file) throws IOException {
        return Files.write(file, pieces.stream().flatMap(List::stream).map(Input::value).toList());
    }

    private static List<String> generate(Path file, int customers, int events) throws IOException {
        int status =
                new CommandLine(new GenerateCommand())
                        .execute(
                                "--customers=" + customers,
                                "--events=" + events,
                                "--start=" + EventTime.format(START),
                                "--days=" + DAYS,
                                "--out-of-order=0.02",
                                "--out=" + file);
        if (status != 0) {
            throw new IllegalStateException("generate ended with status " + status);
        }
        return Files.readAllLines(file);
    }

    private static List<String> regrets(List<String> lines, long time) {
        Map<String, JsonNode> orders = new TreeMap<>();
        for (String line : lines) {
            JsonNode event = parse(line);
            if (event.path("event").asText().equals("order_completed") && event.has("userId")) {
                orders.putIfAbsent(event.path("userId").asText(), event);
            }
        }
        if (orders.size() < REGRETS) {
            throw new IllegalStateException("only " + orders.size() + " customers have ordered");
        }
        return orders.values().stream()
                .limit(REGRETS)
                .map(order -> regret(order, EventTime.format(time)))
                .toList();
    }

    private static String regret(JsonNode order, String time) {
        var event = CanonicalJson.object();
        event.put("type", "track").put("event", "return_requested");
        event.put("messageId", "regret-" + order.path("messageId").asText());
        event.put("channel", "web").put("userId", order.path("userId").asText());
        event.put("timestamp", time).put("receivedAt", time);
        event.putObject("properties").set("order_id", order.at("/properties/order_id"));
        return CanonicalJson.string(event);
    }

    private static List<Input> heartbeats(long time) {
        List<Input> all = new ArrayList<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            var event = CanonicalJson.object();
            event.put("type", "track").put("event", "session_started");
            event.put("messageId", "heartbeat-" + partition + "-" + time);
            event.put("channel", "web").put("userId", "heartbeat-" + partition);
            event.put("timestamp", EventTime.format(time));
            event.put("receivedAt", EventTime.format(time));
            all.add(new Input(partition, CanonicalJson.string(event)));
        }
        return all;
    }

    private static Input input(String line) {
        return new Input(Math.floorMod(line.hashCode(), PARTITIONS), line);
    }

    private static JsonNode parse(String line) {
        return CanonicalJson.parse(line.getBytes(StandardCharsets.UTF_8));
    }
}
