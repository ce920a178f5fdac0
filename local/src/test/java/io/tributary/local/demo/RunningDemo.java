package io.tributary.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.event.CanonicalJson;
import io.tributary.local.Eventually;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;

/** The demo as the launcher runs it, in this JVM, on free ports; it stays up until it is ended. */
final class RunningDemo implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final String STAYS_UP = "everything stays up until Ctrl-C";
    private static final Pattern FOLDER = Pattern.compile("/[^ =:]*/tributary-[a-z]+-\\d+");

    private final CountDownLatch end = new CountDownLatch(1);
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Set<ProcessHandle> before = processes();
    private final FutureTask<Integer> command;
    private final Thread thread;

    private RunningDemo(List<String> arguments) {
        command =
                new FutureTask<>(
                        () ->
                                new CommandLine(new DemoCommand(end))
                                        .setOut(new PrintWriter(out))
                                        .setErr(new PrintWriter(err))
                                        .execute(arguments.toArray(String[]::new)));
        thread = new Thread(command, "demo");
    }

    static RunningDemo start(String... arguments) {
        List<String> all = new ArrayList<>(List.of("--port=0", "--keep"));
        all.addAll(List.of(arguments));
        RunningDemo demo = new RunningDemo(all);
        demo.thread.start();
        return demo;
    }

    /** Returns when all traffic has arrived everywhere. */
    void awaitSummary() throws Exception {
        Eventually.ask(
                () -> command.isDone() || out.toString().contains(STAYS_UP), is -> is, PATIENCE);
        if (command.isDone() || !out.toString().contains(STAYS_UP)) {
            throw new IllegalStateException("the demo does not stay up:\n" + out + err);
        }
    }

    String out() {
        return out.toString();
    }

    String err() {
        return err.toString();
    }

    /** An address that it printed. */
    String url(String server) {
        Matcher line = Pattern.compile("(?m)^  " + server + " +(http\\S+)").matcher(out.toString());
        if (!line.find()) {
            throw new IllegalStateException("no " + server + " in:\n" + out);
        }
        return line.group(1);
    }

    /** Cells of the first table of the summary: definition, planted, found, extra. */
    List<List<String>> definitions() {
        return out.toString()
                .lines()
                .dropWhile(line -> !line.startsWith("  definition "))
                .skip(1)
                .takeWhile(line -> !line.isBlank())
                .map(line -> Arrays.asList(line.strip().split(" +")))
                .toList();
    }

    /** The processes that it started. */
    Set<ProcessHandle> servers() {
        Set<ProcessHandle> started = processes();
        started.removeAll(before);
        return started;
    }

    /** The temporary folders of its processes and of its Flink. */
    Set<Path> folders() throws Exception {
        Stream<String> named =
                servers().stream().flatMap(server -> server.info().commandLine().stream());
        JsonNode flink;
        try (InputStream answer =
                URI.create(url("Flink") + "/jobmanager/config").toURL().openStream()) {
            flink = CanonicalJson.parse(answer.readAllBytes());
        }
        return Stream.concat(named, Stream.of(flink.toString()))
                .flatMap(text -> FOLDER.matcher(text).results())
                .map(found -> Path.of(found.group()))
                .filter(Files::isDirectory)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<ProcessHandle> processes() {
        return ProcessHandle.current().descendants().collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * Lets it end as it does by itself.
     *
     * @return the exit code
     */
    int end() throws Exception {
        end.countDown();
        return command.get();
    }

    /** Ends it as Ctrl-C does, if it has not ended. */
    @Override
    public void close() throws InterruptedException {
        thread.interrupt();
        thread.join();
    }
}
