package io.tributary.local.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A real Elasticsearch, single node, from an unpacked distribution. It refuses to run as root, so
 * root starts it as another user, to whom its folder then belongs.
 */
public final class ElasticsearchProcess implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(240);
    private static final Duration PROBE = Duration.ofSeconds(2);

    /** The user and group {@code nobody} of every Linux. */
    private static final String OTHER_USER = "65534";

    private final Path distribution;
    private final Path folder;
    private final int port;
    private final int transportPort;
    private final boolean root;
    private final Jit jit;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private @Nullable ServerProcess server;

    private ElasticsearchProcess(Path distribution, Path deploy, int port, Jit jit) {
        this.port = port;
        this.jit = jit;
        this.transportPort = Folders.freePort();
        this.root = "root".equals(System.getProperty("user.name"));
        this.folder = Folders.temporary("tributary-elasticsearch-");
        Path prepared;
        try {
            prepared = prepare(distribution.toAbsolutePath().normalize(), deploy);
        } catch (RuntimeException e) {
            Folders.delete(folder);
            throw e;
        }
        this.distribution = prepared;
    }

    /**
     * The distribution that the build unpacked.
     *
     * @param home the project's folder
     */
    public static Path built(Path home) throws IOException {
        Path target = home.resolve("local/target");
        try (Stream<Path> built = Files.isDirectory(target) ? Files.list(target) : Stream.of()) {
            return built.filter(path -> path.getFileName().toString().matches("elasticsearch-.*"))
                    .max(Path::compareTo)
                    .orElseThrow(
                            () ->
                                    new IllegalStateException(
                                            "there is no Elasticsearch in "
                                                    + target
                                                    + "; the build fetches it: mvn package"));
        }
    }

    /** Starts a node on a free port. See {@link #start(Path, Path, int, Jit)}. */
    public static ElasticsearchProcess start(Path distribution, Path deploy, Jit jit)
            throws InterruptedException {
        return start(distribution, deploy, Folders.freePort(), jit);
    }

    /**
     * Starts a node and returns when it takes requests.
     *
     * @param distribution unpacked Elasticsearch
     * @param deploy the repository's folder of that name; its {@code elasticsearch/} holds settings
     */
    public static ElasticsearchProcess start(Path distribution, Path deploy, int port, Jit jit)
            throws InterruptedException {
        ElasticsearchProcess elasticsearch =
                new ElasticsearchProcess(distribution, deploy, port, jit);
        try {
            elasticsearch.start();
            return elasticsearch;
        } catch (RuntimeException | InterruptedException e) {
            elasticsearch.close();
            throw e;
        }
    }

    public String url() {
        return "http://127.0.0.1:" + port;
    }

    /** Starts it, again with the same data on the same port. */
    public void start() throws InterruptedException {
        ServerProcess started = ServerProcess.start("Elasticsearch", command(), log());
        server = started;
        started.awaitReady(this::takesRequests, START);
    }

    /** Ends the node; its data stays. */
    public void stop() throws InterruptedException {
        running().stop();
    }

    /** The node hangs: connections stay open, nothing answers. */
    public void suspend() throws InterruptedException {
        running().suspend();
    }

    public void resume() throws InterruptedException {
        running().resume();
    }

    /** Ends the node and deletes its folder. */
    @Override
    public void close() throws InterruptedException {
        if (server != null) {
            server.kill();
        }
        Folders.delete(folder);
    }

    private ServerProcess running() {
        return Objects.requireNonNull(server, "not started");
    }

    private Path log() {
        return folder.resolve("elasticsearch.log");
    }

    private boolean takesRequests() throws IOException, InterruptedException {
        URI health = URI.create(url() + "/_cluster/health?wait_for_status=yellow&timeout=1s");
        HttpRequest request = HttpRequest.newBuilder(health).timeout(PROBE).build();
        return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    }

    private ProcessBuilder command() {
        List<String> command = new ArrayList<>();
        if (root) {
            command.addAll(
                    List.of(
                            "setpriv",
                            "--reuid=" + OTHER_USER,
                            "--regid=" + OTHER_USER,
                            "--clear-groups"));
        }
        command.add(distribution.resolve("bin/elasticsearch").toString());
        setting(command, "http.port", Integer.toString(port));
        setting(command, "transport.port", Integer.toString(transportPort));
        setting(command, "path.data", folder.resolve("data").toString());
        setting(command, "path.logs", folder.resolve("logs").toString());
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().put("ES_JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("ES_PATH_CONF", folder.resolve("config").toString());
        builder.environment().put("ES_TMPDIR", folder.resolve("tmp").toString());
        builder.environment().put("ES_JAVA_OPTS", String.join(" ", jit.options()));
        // it would read this too, and refuse what the other user may not read
        builder.environment().remove("CLASSPATH");
        return builder;
    }

    private static void setting(List<String> command, String key, String value) {
        command.add("-E");
        command.add(key + "=" + value);
    }

    /** Fills the folder and gives it to the user who runs the node. */
    private Path prepare(Path unpacked, Path deploy) {
        try {
            Path config = Files.createDirectories(folder.resolve("config"));
            Path templates = deploy.resolve("elasticsearch");
            Files.copy(templates.resolve("elasticsearch.yml"), config.resolve("elasticsearch.yml"));
            Files.copy(templates.resolve("jvm.options"), config.resolve("jvm.options"));
            Path log4j = config.resolve("log4j2.properties");
            Files.copy(unpacked.resolve("config/log4j2.properties"), log4j);
            Files.createDirectories(folder.resolve("data"));
            Files.createDirectories(folder.resolve("logs"));
            Files.createDirectories(folder.resolve("tmp"));
            Files.createFile(log());
            if (!root) {
                return unpacked;
            }
            Path readable = readableByOthers(unpacked) ? unpacked : copied(unpacked);
            chown(folder);
            return readable;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Below a closed folder, such as root's home, the other user would see nothing. */
    private static boolean readableByOthers(Path path) throws IOException {
        for (Path at = path; at != null; at = at.getParent()) {
            if (Files.getPosixFilePermissions(at).stream()
                    .noneMatch(p -> p.name().equals("OTHERS_EXECUTE"))) {
                return false;
            }
        }
        return true;
    }

    private Path copied(Path unpacked) {
        Path copy = folder.resolve("distribution");
        Folders.copy(unpacked, copy);
        return copy;
    }

    private static void chown(Path folder) throws IOException {
        var users = folder.getFileSystem().getUserPrincipalLookupService();
        var user = users.lookupPrincipalByName(OTHER_USER);
        try (Stream<Path> content = Files.walk(folder)) {
            for (Path path : content.toList()) {
                Files.setOwner(path, user);
            }
        }
    }
}
