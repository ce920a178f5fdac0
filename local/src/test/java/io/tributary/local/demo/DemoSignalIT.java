package io.tributary.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.local.Eventually;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A demo in a JVM of its own, as the launcher starts it, that is told to end. */
class DemoSignalIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int ENDED_BY_SIGTERM = 128 + 15;

    private static final String TOLD =
            "starting .*|  (Kafka|Flink|dashboard|Elasticsearch) .*|sending .*|first pain point.*"
                    + "|\\d\\d:\\d\\d  it is .*";

    private List<ProcessHandle> started = List.of();

    @Test
    void inTheMiddleOfTheTrafficItEndsAndLeavesNoProcessAndNoFolder(@TempDir Path folder)
            throws Exception {
        Path said = folder.resolve("said");
        Path temporary = Files.createDirectory(folder.resolve("temporary"));
        // as root, Elasticsearch runs as somebody else
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Process demo = start(temporary, said);
        started = List.of(demo.toHandle());

        String progress =
                Eventually.ask(
                        () -> Files.readString(said),
                        text -> text.contains("it is ") || !demo.isAlive(),
                        PATIENCE);
        assertThat(progress).contains("it is ");
        started = Eventually.ask(() -> tree(demo), tree -> tree.size() > 2, PATIENCE);
        demo.destroy();

        assertThat(demo.waitFor()).isEqualTo(ENDED_BY_SIGTERM);
        assertThat(started).hasSizeGreaterThan(2).noneMatch(ProcessHandle::isAlive);
        assertThat(temporary).isEmptyDirectory();
        assertThat(Files.readString(said).lines())
                .allMatch(line -> line.matches(TOLD), "is no trouble");
    }

    @AfterEach
    void end() {
        started.forEach(ProcessHandle::destroyForcibly);
    }

    private static List<ProcessHandle> tree(Process demo) {
        List<ProcessHandle> tree = new ArrayList<>(demo.descendants().toList());
        tree.add(demo.toHandle());
        return tree;
    }

    private static Process start(Path temporary, Path said) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> option.startsWith("--add-opens="))
                .forEach(command::add);
        command.add("-Xmx1g");
        command.add("-XX:TieredStopAtLevel=1");
        command.add("-Djava.io.tmpdir=" + temporary);
        command.add("-Dlog4j2.configurationFile=src/main/resources/log4j2.properties");
        command.add("-Dtributary.home=" + System.getProperty("tributary.home"));
        command.add(DemoCommand.class.getName());
        command.addAll(List.of("--port=0", "--for=5m"));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile());
        builder.environment()
                .put(
                        "CLASSPATH",
                        System.getProperty(
                                "surefire.test.class.path", System.getProperty("java.class.path")));
        return builder.start();
    }
}
