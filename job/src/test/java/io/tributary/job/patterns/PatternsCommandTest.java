package io.tributary.job.patterns;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.definition.Problem;
import io.tributary.job.patterns.DefinitionsClient.Request;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PatternsCommandTest {

    private static final String TEXT =
            """
            id: one-call
            version: 3
            name: One call
            severity: low
            sequence:
              - {as: call, on: call_started}
            within: 1h
            """;

    @TempDir private Path folder;

    /** Exit code, then the lines that were printed. */
    private static List<String> patterns(String... arguments) {
        StringWriter out = new StringWriter();
        PrintWriter printer = new PrintWriter(out, true);
        int exit = PatternsCommand.execute(arguments, Map.of(), printer, printer);
        return (exit + "\n" + out).lines().toList();
    }

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("one-call.yaml"), text);
    }

    @Test
    void aDefinitionWithAProblemIsNotSent() throws IOException {
        Path file = write(TEXT.replace("call_started", "call_startd"));
        assertThat(patterns("apply", file.toString(), "--definitions", "../definitions"))
                .containsExactly(
                        "2",
                        file
                                + ":6:20: unknown event type 'call_startd'; did you mean"
                                + " 'call_started'?");
    }

    @Test
    void aWrongWordIsBadInput() {
        assertThat(patterns("stop", "one-call")).first().isEqualTo("2");
        assertThat(patterns("pause")).first().isEqualTo("2");
        assertThat(patterns("pause", "one-call", "--timeout", "soon"))
                .containsExactly("2", "tributary patterns: --timeout: not a duration: soon");
        assertThat(patterns("list", "--", "--kafka.transactional.id", "x"))
                .containsExactly(
                        "2",
                        "tributary patterns: 'kafka.transactional.id' is decided by other options");
    }

    @Test
    void helpNamesEveryCommand() {
        assertThat(String.join("\n", patterns("--help")))
                .startsWith("0")
                .contains("apply", "pause", "shadow", "live", "remove", "list", "status")
                .contains("--bootstrap-servers", "--timeout", "follow after --");
        assertThat(String.join("\n", patterns("apply", "--help")))
                .startsWith("0")
                .contains("FILE", "--definitions", "--bootstrap-servers");
    }

    @Test
    void aVersionThatWasDeployedIsNotWrittenOver() throws IOException {
        Path file = write(TEXT);
        List<Request> requests = DefinitionTexts.read(List.of(folder));
        assertThat(requests).containsExactly(new Request("one-call@3", TEXT, file.toString()));
        assertThat(DefinitionTexts.rewritten(requests, Map.of("one-call@3", TEXT))).isEmpty();
        assertThat(DefinitionTexts.rewritten(requests, Map.of("one-call@2", "other"))).isEmpty();
        assertThat(DefinitionTexts.rewritten(requests, Map.of("one-call@3", "other")))
                .containsExactly(
                        new Problem(
                                file.toString(),
                                2,
                                10,
                                "one-call@3 was deployed with another text: raise 'version'"));
    }
}
