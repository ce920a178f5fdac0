package io.tributary.dashboard;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./tributary dashboard}: serves the page until it is stopped. */
@Command(
        name = "tributary dashboard",
        mixinStandardHelpOptions = true,
        description = "Serves the analysts' page. It reads Elasticsearch and has no log-in.",
        sortOptions = false)
public final class DashboardCommand implements Callable<Integer> {

    @Option(
            names = "--elasticsearch",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:9200",
            description = "Default: ${DEFAULT-VALUE}")
    private URI elasticsearch = URI.create("");

    @Option(
            names = "--prefix",
            defaultValue = "tributary-",
            description = "Of the aliases that are read. Default: ${DEFAULT-VALUE}")
    private String prefix = "";

    @Option(
            names = "--host",
            defaultValue = "127.0.0.1",
            description =
                    "Address to listen on; anything but loopback shows customer data to whoever"
                            + " reaches it. Default: ${DEFAULT-VALUE}")
    private String host = "";

    @Option(
            names = "--port",
            defaultValue = "8080",
            description = "0 for any free one. Default: ${DEFAULT-VALUE}")
    private int port;

    @Spec private @Nullable CommandSpec spec;

    public static void main(String[] args) {
        System.exit(new CommandLine(new DashboardCommand()).execute(args));
    }

    @Override
    public Integer call() throws InterruptedException {
        CommandLine line = spec == null ? new CommandLine(this) : spec.commandLine();
        String scheme = String.valueOf(elasticsearch.getScheme());
        if (!scheme.matches("https?") || elasticsearch.getHost() == null) {
            throw new ParameterException(
                    line, "--elasticsearch must be a URL such as http://127.0.0.1:9200");
        }
        if (!prefix.matches("[a-z0-9._-]*")) {
            throw new ParameterException(line, "--prefix must be the start of an index name");
        }
        if (port < 0 || port > 65_535) {
            throw new ParameterException(line, "--port must be between 0 and 65535");
        }
        DashboardServer server;
        try {
            server = DashboardServer.start(new Elasticsearch(elasticsearch, prefix), host, port);
        } catch (IOException e) {
            line.getErr()
                    .printf(
                            "tributary dashboard: cannot listen on %s:%d: %s%n",
                            host, port, e.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        PrintWriter out = line.getOut();
        out.printf("dashboard: http://%s:%d/%n", host, server.port());
        out.flush();
        new CountDownLatch(1).await();
        return CommandLine.ExitCode.OK;
    }
}
