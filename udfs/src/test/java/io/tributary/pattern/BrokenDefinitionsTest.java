package io.tributary.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.definition.Definitions;
import io.tributary.definition.Problems;
import io.tributary.event.EventCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Definitions with one mistake each, checked with the shipped event types and journeys. The last
 * lines say what is expected: {@code # expect line:column: message}.
 */
class BrokenDefinitionsTest {

    private static final Path FOLDER = Path.of("src/test/resources/broken");
    private static final String EXPECT = "# expect ";

    static Stream<Path> broken() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("broken")
    void theMistakeIsNamedWhereItStands(Path file) throws IOException {
        List<String> expected =
                Files.readAllLines(file).stream()
                        .filter(line -> line.startsWith(EXPECT))
                        .map(line -> line.substring(EXPECT.length()))
                        .toList();
        assertThat(complaints(file)).isNotEmpty().isEqualTo(expected);
    }

    private static List<String> complaints(Path file) {
        Definitions definitions = Definitions.read(Path.of("../definitions")).withPatterns(file);
        Problems problems = new Problems();
        EventCatalog catalog = EventCatalog.read(definitions, problems);
        PatternLibrary.compile(definitions, catalog, problems).close();
        return problems.sorted().stream()
                .map(p -> p.line() + ":" + p.column() + ": " + p.message())
                .toList();
    }

    @Test
    void theSameVersionTwiceIsRefusedInTheSecondFile() {
        String body = "sequence:\n  - {as: a, on: a}\nwithin: 1h\n";
        assertThat(Library.of(Library.head(1) + body, Library.head(1) + body).complaints())
                .containsExactly("p2.yaml:2:10: t version 1 is also defined in p1.yaml");
        assertThat(Library.of(Library.head(1) + body, Library.head(2) + body).complaints())
                .containsExactly(
                        "p2.yaml:2:10: versions 1 and 2 of t need different 'effectiveFrom' times");
    }

    @Test
    void aLoopBeforeAClosingAbsenceIsAWarning() {
        assertThat(
                        Library.withBody(
                                        "sequence:\n"
                                                + "  - {as: a, on: a, oneOrMore: true}\n"
                                                + "  - {notFollowedBy: b}\n"
                                                + "within: 1h\n")
                                .complaints())
                .containsExactly(
                        "warning: p1.yaml:7:5: after a step that repeats, a closing notFollowedBy"
                                + " is found only if some other event comes before the deadline");
    }
}
