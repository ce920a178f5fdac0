package io.tributary.local;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.job.backtest.BacktestCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import picocli.CommandLine;

/**
 * What a backtest finds in files.
 *
 * @param detected pain points that stand: pattern, customer, detectedAt and events, by id
 * @param customers documents by id
 */
record Backtested(Map<String, String> detected, Map<String, String> customers) {

    static Backtested of(Path out, Path... files) throws Exception {
        List<String> arguments =
                Stream.concat(
                                Stream.of(
                                        "--definitions=../definitions", "--out=" + out, "--events"),
                                Stream.of(files).map(Path::toString))
                        .toList();
        int status =
                new CommandLine(new BacktestCommand()).execute(arguments.toArray(String[]::new));
        if (status != 0) {
            throw new IllegalStateException("backtest ended with status " + status);
        }
        Map<String, String> detected = new TreeMap<>();
        for (String line : Files.readAllLines(out.resolve("pain-points.ndjson"))) {
            Committed.putDetected(Committed.parse(line), detected);
        }
        Map<String, String> customers = new TreeMap<>();
        for (String line : Files.readAllLines(out.resolve("customers.ndjson"))) {
            JsonNode customer = Committed.parse(line);
            customers.put(customer.path("id").asText(), Committed.unrevised(customer));
        }
        return new Backtested(detected, customers);
    }
}
