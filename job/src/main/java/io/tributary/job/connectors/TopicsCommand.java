package io.tributary.job.connectors;

import io.tributary.definition.DefinitionException;
import io.tributary.definition.Definitions;
import io.tributary.ingest.IdentifierSecret;
import io.tributary.job.config.ConfigException;
import io.tributary.job.config.JobConfig;
import io.tributary.job.config.TributaryOptions;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Creates the topics that are missing: those that the jobs write and those that {@code
 * sources.yaml} reads. Takes the options of the jobs from the environment ({@code TRIBUTARY_…}).
 */
@Command(
        name = "topics",
        description = "Creates the topics that are missing; existing ones stay as they are.",
        mixinStandardHelpOptions = true,
        exitCodeOnExecutionException = 1,
        exitCodeOnInvalidInput = 2)
public final class TopicsCommand implements Callable<Integer> {

    private static final int FAILED = 1;
    private static final int BAD_INPUT = 2;

    @Spec private CommandSpec spec;

    @Option(
            names = "--topics",
            required = true,
            paramLabel = "FILE",
            description = "What the jobs write, such as deploy/kafka/topics.yaml.")
    private Path topics;

    @Option(
            names = "--partitions",
            defaultValue = "12",
            paramLabel = "N",
            description = "Of a topic of events, and the most of any other. Default: 12")
    private int partitions;

    private final Map<String, String> environment;

    /**
     * The rest is set by picocli.
     *
     * @param environment of the process
     */
    @SuppressWarnings("NullAway.Init")
    public TopicsCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    public static void main(String[] args) {
        System.exit(new CommandLine(new TopicsCommand(System.getenv())).execute(args));
    }

    @Override
    public Integer call() throws InterruptedException {
        try {
            JobConfig config = JobConfig.of(new String[0], environment);
            List<String> events = eventTopics(config);
            TopicCreator creator = new TopicCreator(config, partitions);
            report("events", creator.createMissing(events));
            report("outputs", creator.createMissing(topics));
            return 0;
        } catch (ConfigException | DefinitionException | UncheckedIOException e) {
            return fail(BAD_INPUT, e);
        } catch (KafkaException e) {
            return fail(FAILED, e);
        }
    }

    private static List<String> eventTopics(JobConfig config) {
        Definitions definitions =
                Definitions.read(Path.of(config.get(TributaryOptions.DEFINITIONS_DIR)));
        // names of topics do not depend on the key, so this needs no secret
        return new IngestDecoders(definitions, IdentifierSecret.publishedTestKey(), Duration.ZERO)
                .topicSources().stream()
                        .flatMap(source -> source.topics().stream())
                        .distinct()
                        .toList();
    }

    private void report(String what, List<String> created) {
        spec.commandLine().getOut().printf("%s: created %s%n", what, created);
    }

    private int fail(int status, Exception e) {
        Throwable cause = e.getCause();
        spec.commandLine()
                .getErr()
                .println("topics: " + e.getMessage() + (cause == null ? "" : ": " + cause));
        return status;
    }
}
