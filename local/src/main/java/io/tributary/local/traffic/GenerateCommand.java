package io.tributary.local.traffic;

import io.tributary.event.CanonicalJson;
import io.tributary.event.EventTime;
import io.tributary.local.traffic.Traffic.Occurrence;
import io.tributary.local.traffic.Traffic.Settings;
import io.tributary.local.traffic.Traffic.Truth;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.format.DateTimeParseException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./tributary generate}: invented traffic into a file, one Segment event a line. */
@Command(
        name = "tributary generate",
        mixinStandardHelpOptions = true,
        description = {
            "Writes invented customer events, one Segment JSON object a line, in order of arrival.",
            "Equal arguments give equal bytes."
        },
        sortOptions = false)
public final class GenerateCommand implements Callable<Integer> {

    @Option(names = "--customers", defaultValue = "5000", description = "Default: ${DEFAULT-VALUE}")
    private int customers;

    @Option(
            names = "--events",
            defaultValue = "100000",
            description = "Exact number of lines. Default: ${DEFAULT-VALUE}")
    private int events;

    @Option(names = "--seed", defaultValue = "1", description = "Default: ${DEFAULT-VALUE}")
    private long seed;

    @Option(
            names = "--start",
            defaultValue = "2026-03-01T00:00:00.000Z",
            description = "Default: ${DEFAULT-VALUE}")
    private String start = "";

    @Option(
            names = "--days",
            defaultValue = "7",
            description = "Length of the period. Default: ${DEFAULT-VALUE}")
    private int days;

    @Option(
            names = "--out-of-order",
            paramLabel = "SHARE",
            defaultValue = "0.0",
            description =
                    "Share of the events, 0 to 1, that arrive up to an hour late."
                            + " Default: ${DEFAULT-VALUE}")
    private double outOfOrder;

    @Option(
            names = "--truth",
            paramLabel = "FILE",
            description = "Where to write the planted pain points, one JSON object a line.")
    private @Nullable Path truth;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            required = true,
            description = "Where to write the events.")
    private Path out = Path.of("");

    @Spec private @Nullable CommandSpec spec;

    public static void main(String[] args) {
        System.exit(new CommandLine(new GenerateCommand()).execute(args));
    }

    @Override
    public Integer call() throws IOException {
        Settings settings = settings();
        Traffic traffic = TrafficPlanner.plan(settings, ScriptReader.builtIn());
        EventWriter writer = new EventWriter(seed);
        try (OutputStream file = open(out)) {
            for (Occurrence event : traffic.occurrences()) {
                file.write(writer.write(event));
                file.write('\n');
            }
        }
        if (truth != null) {
            try (OutputStream file = open(truth)) {
                for (Truth planted : traffic.truths()) {
                    file.write(line(planted));
                    file.write('\n');
                }
            }
        }
        report(traffic);
        return CommandLine.ExitCode.OK;
    }

    private Settings settings() {
        require(customers >= 1, "--customers must be at least 1");
        require(events >= 0, "--events must not be negative");
        require(days >= 1 && days <= 3650, "--days must be between 1 and 3650");
        require(outOfOrder >= 0 && outOfOrder <= 1, "--out-of-order must be between 0 and 1");
        try {
            return new Settings(customers, events, seed, EventTime.parse(start), days, outOfOrder);
        } catch (DateTimeParseException e) {
            throw badInput("--start must be a time such as 2026-03-01T00:00:00.000Z");
        }
    }

    private void require(boolean condition, String otherwise) {
        if (!condition) {
            throw badInput(otherwise);
        }
    }

    private ParameterException badInput(String message) {
        return new ParameterException(commandLine(), message);
    }

    private CommandLine commandLine() {
        return spec == null ? new CommandLine(this) : spec.commandLine();
    }

    private OutputStream open(Path file) {
        try {
            return new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
        } catch (IOException e) {
            throw badInput("cannot write " + file + ": " + e);
        }
    }

    private static byte[] line(Truth planted) {
        return CanonicalJson.bytes(
                CanonicalJson.object()
                        .put("customer", planted.customer())
                        .put("pattern", planted.pattern())
                        .put("time", EventTime.format(planted.time())));
    }

    private void report(Traffic traffic) {
        PrintWriter stdout = commandLine().getOut();
        stdout.printf(
                "%d events of %d customers and %d pain points: %s%n",
                traffic.occurrences().size(), customers, traffic.truths().size(), out);
        stdout.flush();
    }
}
