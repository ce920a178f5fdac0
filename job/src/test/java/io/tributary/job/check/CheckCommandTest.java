package io.tributary.job.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CheckCommandTest {

    private static final String SHIPPED = "../definitions";

    @TempDir private Path folder;

    /** Exit code, then the lines that were printed. */
    private static List<String> check(Object... arguments) {
        StringWriter out = new StringWriter();
        CommandLine command = new CommandLine(new CheckCommand());
        command.setOut(new PrintWriter(out));
        command.setErr(new PrintWriter(out));
        String[] texts = List.of(arguments).stream().map(Object::toString).toArray(String[]::new);
        int exit = command.execute(texts);
        return (exit + "\n" + out).lines().toList();
    }

    private Path write(String name, String... lines) throws IOException {
        return Files.writeString(folder.resolve(name), String.join("\n", lines) + "\n");
    }

    private Path pattern(String name, String id, String step) throws IOException {
        return write(
                name,
                "id: " + id,
                "version: 1",
                "name: P",
                "severity: low",
                "sequence:",
                "  - {as: cart, on: " + step + "}",
                "within: 1h");
    }

    @Test
    void theShippedDefinitionsHaveNoProblems() throws IOException {
        assertThat(check(SHIPPED)).first().isEqualTo("0");
        assertThat(check(SHIPPED)).last().asString().endsWith(" definitions, no problems");
    }

    @Test
    void aPatternFileIsCheckedAgainstTheGivenDefinitions() throws IOException {
        Path good = pattern("good.yaml", "good", "product_added");
        assertThat(check(good, "--definitions", SHIPPED))
                .containsExactly("0", "1 definition, no problems");
    }

    @Test
    void aFolderNamesEachProblemByFileLineAndColumn() throws IOException {
        Path b = pattern("b.yaml", "b", "product_aded");
        Path a = pattern("a.yaml", "a", "product_added, until: x");
        assertThat(check(folder, "--definitions", SHIPPED))
                .containsExactly(
                        "2",
                        a + ":6:42: 'until' ends a loop: it needs oneOrMore or times: {min: n}",
                        b
                                + ":6:20: unknown event type 'product_aded'; did you mean"
                                + " 'product_added'?");
    }

    @Test
    void aWarningIsNoProblem() throws IOException {
        Path file =
                pattern(
                        "w.yaml",
                        "w",
                        "product_added, oneOrMore: true}\n  - {notFollowedBy: order_completed");
        assertThat(check(file, "--definitions", SHIPPED))
                .containsExactly(
                        "0",
                        file
                                + ":7:5: warning: after a step that repeats, a closing"
                                + " notFollowedBy is found only if some other event comes before"
                                + " the deadline",
                        "1 definition, no problems");
    }

    @Test
    void aChannelThatThePolicyDoesNotKnowIsWarnedOf() throws IOException {
        Files.createDirectory(folder.resolve("patterns"));
        Files.copy(Path.of(SHIPPED, "events.yaml"), folder.resolve("events.yaml"));
        Files.copy(Path.of(SHIPPED, "identity.yaml"), folder.resolve("identity.yaml"));
        Files.copy(Path.of(SHIPPED, "sources.yaml"), folder.resolve("sources.yaml"));
        write("policy.yaml", "version: 1", "channels: [web]");
        Path pattern = pattern("patterns/p.yaml", "p", "product_added");
        Files.writeString(
                pattern,
                "intervention: {action: chat, channels: [web, survey], expires: 1h}\n",
                StandardOpenOption.APPEND);
        assertThat(check(folder))
                .contains("0")
                .contains(
                        pattern
                                + ":8:46: warning: channel 'survey' is not one of policy.yaml:"
                                + " nothing is offered on it");
    }

    @Test
    void aPathThatIsNotThereIsBadInput() {
        assertThat(check(folder.resolve("none")))
                .startsWith("2", "there is no " + folder.resolve("none"));
    }
}
