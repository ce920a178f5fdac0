package io.tributary.local.operations;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Commands of the machine that a test needs. */
public final class Commands {

    /** What a command said, standard output and error together. */
    record Outcome(int status, String said) {}

    private Commands() {}

    /** Skips the test where a command is missing. */
    public static void require(String command) {
        Assumptions.assumeTrue(
                isPresent(command),
                () ->
                        "there is no '"
                                + command
                                + "' on the PATH; local/debian-packages prometheus installs it");
    }

    public static boolean isPresent(String command) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, command)));
    }

    static Outcome run(List<String> command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Outcome(process.waitFor(), said);
    }
}
