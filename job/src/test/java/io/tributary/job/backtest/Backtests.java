package io.tributary.job.backtest;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Runs the command as a user does, in this process. */
final class Backtests {

    static final Path DEFINITIONS = Path.of("..", "definitions");
    static final Path EVENTS = Path.of("..", "sample-data", "pipeline", "events.ndjson");
    static final Path EXPECTED = Path.of("..", "sample-data", "pipeline", "expected");

    private Backtests() {}

    /**
     * @param status exit code
     * @param output what it printed on stdout
     * @param errors what it printed on stderr
     */
    record Run(int status, String output, String errors) {}

    static Run run(String... arguments) {
        StringWriter output = new StringWriter();
        StringWriter errors = new StringWriter();
        int status =
                BacktestCommand.execute(
                        arguments,
                        Map.of(),
                        new PrintWriter(output, true),
                        new PrintWriter(errors, true));
        return new Run(status, output.toString(), errors.toString());
    }

    /** Runs the product's definitions on {@code files} into {@code out}. */
    static Run run(Path out, List<Path> files, String... more) {
        List<String> arguments = new ArrayList<>(List.of("--definitions", DEFINITIONS.toString()));
        arguments.add("--events");
        files.forEach(file -> arguments.add(file.toString()));
        arguments.addAll(List.of("--out", out.toString()));
        arguments.addAll(List.of(more));
        return run(arguments.toArray(String[]::new));
    }

    /** Every file of a folder by name. */
    static SortedMap<String, String> contents(Path folder) throws IOException {
        SortedMap<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                contents.put(String.valueOf(file.getFileName()), Files.readString(file));
            }
        }
        return contents;
    }
}
