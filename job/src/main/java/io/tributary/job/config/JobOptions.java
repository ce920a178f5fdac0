package io.tributary.job.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** What a command that speaks to Kafka takes of the jobs' options, as a picocli mixin. */
public final class JobOptions {

    private static final String REST = "--";

    @Option(
            names = "--bootstrap-servers",
            paramLabel = "HOST:PORT",
            scope = ScopeType.INHERIT,
            description = "Kafka brokers (default: option kafka.bootstrap.servers of the jobs)")
    private @Nullable String bootstrapServers;

    private final List<String> rest;
    private final Map<String, String> environment;

    /**
     * @param arguments a whole command line
     * @param environment of the process
     */
    public JobOptions(String[] arguments, Map<String, String> environment) {
        List<String> all = Arrays.asList(arguments);
        int end = all.indexOf(REST);
        this.rest = end < 0 ? List.of() : List.copyOf(all.subList(end + 1, all.size()));
        this.environment = environment;
    }

    /** The part of a command line before {@code --}: after it come options of the jobs. */
    public static String[] ownArguments(String[] arguments) {
        int end = Arrays.asList(arguments).indexOf(REST);
        return end < 0 ? arguments : Arrays.copyOf(arguments, end);
    }

    /**
     * Later wins: defaults, a {@code --config} file, environment, what follows {@code --}, {@code
     * --bootstrap-servers}.
     *
     * @throws ConfigException for a key that is no option, a value of the wrong kind, an unreadable
     *     file
     */
    public JobConfig config() {
        List<String> options = new ArrayList<>(rest);
        if (bootstrapServers != null) {
            options.add("--" + TributaryOptions.KAFKA_BOOTSTRAP_SERVERS.key());
            options.add(bootstrapServers);
        }
        return JobConfig.of(options.toArray(String[]::new), environment);
    }
}
