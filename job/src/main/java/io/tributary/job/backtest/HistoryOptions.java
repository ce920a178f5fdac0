package io.tributary.job.backtest;

import io.tributary.job.config.JobConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What a backtest reads, as a picocli mixin. */
final class HistoryOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--events",
            paramLabel = "FILE",
            arity = "1..*",
            description = "files of one event a line, plain or .gz")
    private @Nullable List<Path> events;

    @Option(
            names = "--from-topic",
            paramLabel = "TOPIC",
            description =
                    "Kafka topic to read instead of files, up to what is committed now; once for"
                            + " each topic")
    private @Nullable List<String> topics;

    @Option(
            names = "--since",
            paramLabel = "D",
            description =
                    "read topics from the first record of this time on, such as"
                        + " 2026-03-01T00:00:00Z, or from this long, such as 7d, before --until,"
                        + " else before the newest record (default: everything)")
    private @Nullable String since;

    /** Set by picocli. */
    @SuppressWarnings("NullAway.Init")
    HistoryOptions() {}

    /**
     * @param end of the run; null for the last event
     */
    History.Origin origin(JobConfig config, @Nullable Long end) {
        if (topics == null) {
            if (events == null) {
                throw bad("Missing required option: '--events=FILE' or '--from-topic=TOPIC'");
            }
            if (since != null) {
                throw bad("--since goes with --from-topic");
            }
            List<Path> files = readable(events);
            return decoders -> new FileHistory(files, decoders.ofFiles());
        }
        if (events != null) {
            throw bad("--events does not go with --from-topic");
        }
        List<String> names = List.copyOf(new LinkedHashSet<>(topics));
        Since from = since();
        return decoders -> TopicHistory.open(config, names, from, end, decoders);
    }

    /** The same file named twice is read once. */
    private List<Path> readable(List<Path> files) {
        for (Path file : files) {
            if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
                throw bad("--events: no readable file " + file);
            }
        }
        return List.copyOf(new LinkedHashSet<>(files));
    }

    private @Nullable Since since() {
        return since == null
                ? null
                : Since.parse(since)
                        .orElseThrow(
                                () ->
                                        bad(
                                                "--since: '"
                                                        + since
                                                        + "' is no time such as"
                                                        + " 2026-03-01T00:00:00Z and no duration"
                                                        + " such as 7d"));
    }

    private ParameterException bad(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
