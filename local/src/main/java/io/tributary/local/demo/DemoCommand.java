package io.tributary.local.demo;

import io.tributary.local.traffic.InventedWeek;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code ./tributary demo}. */
@Command(
        name = "tributary demo",
        mixinStandardHelpOptions = true,
        description = {
            "Starts Kafka, Elasticsearch, Flink with both jobs and the dashboard on this machine,"
                    + " and",
            "sends a week of invented customer events, faster than they happened. Ctrl-C ends it"
                    + " and",
            "leaves nothing behind. With --for: exit code 0 if all that was planted was found and",
            "Kafka and Elasticsearch hold the same, else 1."
        },
        sortOptions = false)
public final class DemoCommand implements Callable<Integer> {

    @Option(
            names = "--speed",
            paramLabel = "N",
            description =
                    "Times real time, at least 1. Default: the week takes as long as --for says,"
                            + " else ten minutes.")
    private @Nullable Double speed;

    @Option(
            names = "--for",
            paramLabel = "TIME",
            converter = TimeSpan.class,
            description =
                    "How long traffic flows at most, such as 60s or 5m; then the demo prints its"
                            + " summary and ends. Default: the whole week, and Ctrl-C.")
    private @Nullable Duration most;

    @Option(names = "--customers", defaultValue = "2000", description = "Default: ${DEFAULT-VALUE}")
    private int customers;

    @Option(
            names = "--events",
            defaultValue = "20000",
            description = "Of the whole week. Default: ${DEFAULT-VALUE}")
    private int events;

    @Option(
            names = "--seed",
            defaultValue = "1",
            description = "Another one invents another week. Default: ${DEFAULT-VALUE}")
    private long seed;

    @Option(
            names = "--port",
            defaultValue = "8080",
            description = "Of the dashboard; 0 for any free one. Default: ${DEFAULT-VALUE}")
    private int port;

    @Option(
            names = "--metrics-port",
            paramLabel = "PORT",
            description =
                    "Flink's metrics for a Prometheus, at this port of every address. Default:"
                            + " none.")
    private @Nullable Integer metricsPort;

    @Option(
            names = "--keep",
            description = "After the summary of --for everything stays up until Ctrl-C.")
    private boolean keep;

    @Spec private @Nullable CommandSpec spec;

    private final CountDownLatch end;

    public DemoCommand() {
        this(new CountDownLatch(1));
    }

    /**
     * @param end ends a demo that stays up, as Ctrl-C does
     */
    DemoCommand(CountDownLatch end) {
        this.end = end;
    }

    public static void main(String[] args) {
        System.exit(new CommandLine(new DemoCommand()).execute(args));
    }

    @Override
    public Integer call() throws InterruptedException {
        Demo.Settings settings = settings();
        PrintWriter out = commandLine().getOut();
        PrintWriter err = commandLine().getErr();
        EndOnSignal signal = EndOnSignal.install();
        Demo demo = new Demo(settings, out);
        try {
            Summary summary = demo.run();
            out.print("\n" + summary.text());
            out.flush();
            if (most == null || keep) {
                out.println("everything stays up until Ctrl-C");
                out.flush();
                end.await();
            }
            return summary.isGood() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
        } catch (Exception e) {
            if (!signal.isEnding()) {
                err.println("tributary demo: " + told(e));
            }
            return CommandLine.ExitCode.SOFTWARE;
        } finally {
            signal.beginCleanUp();
            try {
                demo.close();
            } catch (Exception e) {
                err.println("tributary demo: cleaning up: " + told(e));
            }
            signal.cleanedUp();
        }
    }

    /** What this program itself says is said in full; the rest with its kind. */
    private static String told(Exception e) {
        StringBuilder text =
                new StringBuilder(
                        e instanceof IllegalStateException && e.getMessage() != null
                                ? e.getMessage()
                                : e.toString());
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            text.append("\n  because of ").append(cause);
        }
        return text.toString();
    }

    private Demo.Settings settings() {
        require(speed == null || (speed >= 1 && speed <= 1e9), "--speed must be at least 1");
        require(most == null || most.toSeconds() >= 1, "--for must be at least 1s");
        require(customers >= 1, "--customers must be at least 1");
        require(events >= 1, "--events must be at least 1");
        require(port >= 0 && port <= 65_535, "--port must be between 0 and 65535");
        require(
                metricsPort == null || (metricsPort >= 1 && metricsPort <= 65_535),
                "--metrics-port must be between 1 and 65535");
        return new Demo.Settings(
                Path.of(System.getProperty("tributary.home", ".")).toAbsolutePath().normalize(),
                ReplayPlan.of(speed, most, InventedWeek.SPAN),
                customers,
                events,
                seed,
                port,
                metricsPort);
    }

    private void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new ParameterException(commandLine(), otherwise);
        }
    }

    private CommandLine commandLine() {
        return spec == null ? new CommandLine(this) : spec.commandLine();
    }

    /** {@code 60s}, {@code 5m} or {@code 1h}. */
    static final class TimeSpan implements ITypeConverter<Duration> {

        private static final Pattern FORM = Pattern.compile("(\\d{1,6})([smh])");

        @Override
        public Duration convert(String text) {
            Matcher form = FORM.matcher(text);
            if (!form.matches()) {
                throw new TypeConversionException("'" + text + "' is no time such as 60s or 5m");
            }
            return Duration.parse(
                    ("PT" + form.group(1) + form.group(2)).toUpperCase(java.util.Locale.ROOT));
        }
    }
}
