package io.tributary.local.process;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/**
 * A Kafka broker, single KRaft node, in a JVM of its own that is started from this JVM's class
 * path. Its data lives in a temporary folder until it is closed.
 */
public final class KafkaProcess implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(60);

    private final Path deploy;
    private final Path folder;
    private final Path settings;
    private final int port;
    private final Jit jit;
    private @Nullable ServerProcess server;

    private KafkaProcess(Path deploy, int port, Map<String, String> overrides, Jit jit) {
        this.jit = jit;
        this.deploy = deploy.toAbsolutePath();
        this.port = port;
        this.folder = Folders.temporary("tributary-kafka-");
        this.settings = folder.resolve("server.properties");
        writeSettings(overrides);
    }

    /** Starts a broker on a free port. See {@link #start(Path, int, Map, Jit)}. */
    public static KafkaProcess start(Path deploy, Jit jit) throws InterruptedException {
        return start(deploy, Folders.freePort(), Map.of(), jit);
    }

    /**
     * Starts a broker and returns when it answers.
     *
     * @param deploy the repository's folder of that name; its {@code kafka/server.properties} is
     *     the template
     * @param overrides broker settings instead of the template's
     */
    public static KafkaProcess start(Path deploy, int port, Map<String, String> overrides, Jit jit)
            throws InterruptedException {
        KafkaProcess kafka = new KafkaProcess(deploy, port, overrides, jit);
        try {
            kafka.format();
            kafka.startServer();
            return kafka;
        } catch (RuntimeException | InterruptedException e) {
            kafka.close();
            throw e;
        }
    }

    /** For {@code kafka.bootstrap.servers}. */
    public String bootstrap() {
        return "127.0.0.1:" + port;
    }

    /** The broker hangs: connections stay open, nothing answers. */
    public void suspend() throws InterruptedException {
        running().suspend();
    }

    public void resume() throws InterruptedException {
        running().resume();
    }

    /** Ends the broker as a loss of power would; its data stays. */
    public void kill() throws InterruptedException {
        running().kill();
    }

    /** Starts the broker again, with the same data on the same port. */
    public void restart() throws InterruptedException {
        running().stop();
        startServer();
    }

    /** Ends the broker and deletes its folder. */
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

    private void writeSettings(Map<String, String> overrides) {
        Properties properties = new Properties();
        int controller = Folders.freePort();
        try (Reader template = Files.newBufferedReader(deploy.resolve("kafka/server.properties"))) {
            properties.load(template);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        properties.setProperty(
                "listeners",
                "PLAINTEXT://" + bootstrap() + ",CONTROLLER://127.0.0.1:" + controller);
        properties.setProperty("advertised.listeners", "PLAINTEXT://" + bootstrap());
        properties.setProperty("controller.quorum.bootstrap.servers", "127.0.0.1:" + controller);
        properties.setProperty("log.dirs", folder.resolve("data").toString());
        overrides.forEach(properties::setProperty);
        try (Writer out = Files.newBufferedWriter(settings)) {
            properties.store(out, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void format() throws InterruptedException {
        List<String> arguments =
                List.of(
                        "format",
                        "-t",
                        Uuid.randomUuid().toString(),
                        "-c",
                        settings.toString(),
                        "--standalone");
        ProcessBuilder command = java("kafka.tools.StorageTool", arguments);
        try {
            Process format =
                    command.redirectErrorStream(true).redirectOutput(log().toFile()).start();
            if (format.waitFor() != 0) {
                throw new IllegalStateException(
                        "Kafka's storage cannot be formatted:\n" + Files.readString(log()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void startServer() throws InterruptedException {
        ProcessBuilder command = java("kafka.Kafka", List.of(settings.toString()));
        ServerProcess started = ServerProcess.start("Kafka", command, log());
        server = started;
        Properties client = new Properties();
        client.setProperty("bootstrap.servers", bootstrap());
        client.setProperty("reconnect.backoff.max.ms", "200");
        try (Admin admin = Admin.create(client)) {
            started.awaitReady(
                    () -> !admin.describeCluster().nodes().get(2, TimeUnit.SECONDS).isEmpty(),
                    START);
        }
    }

    private Path log() {
        return folder.resolve("kafka.log");
    }

    private ProcessBuilder java(String main, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx384m");
        command.add("-XX:+UseSerialGC");
        command.addAll(jit.options());
        // native libraries are unpacked there, and who is killed does not delete them
        command.add("-Djava.io.tmpdir=" + folder);
        command.add("-Dlog4j2.configurationFile=" + deploy.resolve("kafka/log4j2.properties"));
        command.add(main);
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("CLASSPATH", classPath());
        return builder;
    }

    /** Surefire hides the class path of a test behind a jar with a manifest. */
    private static String classPath() {
        return System.getProperty(
                "surefire.test.class.path", System.getProperty("java.class.path"));
    }
}
