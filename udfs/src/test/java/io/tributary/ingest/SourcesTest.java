package io.tributary.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.definition.Definitions;
import io.tributary.definition.Problem;
import io.tributary.definition.Problems;
import io.tributary.event.Channel;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourcesTest {

    @Test
    void theDefinitionsThatShipHaveOneSourceAChannel() {
        Sources sources = Decoding.shipped().sources();
        assertThat(sources.ofTopics())
                .extracting(SourceConfig::name)
                .containsExactlyElementsOf(Channel.NAMES);
        assertThat(sources.ofTopics())
                .allSatisfy(
                        source -> {
                            assertThat(source.channel()).isEqualTo(source.name());
                            assertThat(source.topics()).containsExactly("events." + source.name());
                            assertThat(source.mode())
                                    .isEqualTo(
                                            source.name().equals("crm")
                                                    ? SourceConfig.Mode.BATCH
                                                    : SourceConfig.Mode.LIVE);
                        });
    }

    @Test
    void whatIsNotSaidHasADefault() {
        Sources sources =
                Decoding.of(
                                Decoding.withSources(
                                        "sources: [{name: web, mode: live, channel: web,"
                                                + " topics: [a, b]}]"))
                        .sources();
        assertThat(sources.configs())
                .containsExactly(
                        new SourceConfig(
                                "web",
                                SourceConfig.Mode.LIVE,
                                SourceConfig.Format.AUTO,
                                "web",
                                List.of("a", "b"),
                                1 << 20,
                                SourceConfig.UnknownTypes.ACCEPT,
                                Map.of(),
                                null));
        assertThatThrownBy(() -> sources.decoder("chat")).hasMessage("no source 'chat'");
    }

    /** Each definition breaks one thing; the problem stands where the mistake is. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {name: web, mode: live, channel: web}                              | 2 | 5  | missing key 'topics'
                    {name: web, mode: fast, channel: web, topics: [a]}                 | 2 | 23 | expected one of live, batch
                    {name: Web, mode: live, channel: web, topics: [a]}                 | 2 | 12 | a name of lower case letters
                    {name: web, mode: live, channel: fax, topics: [a]}                 | 2 | 38 | expected one of web, mobile
                    {name: web, mode: live, channel: web, topics: [a, a]}              | 2 | 55 | topic 'a' already belongs to 'web'
                    {name: web, mode: live, channel: web, topics: [a b]}               | 2 | 52 | a Kafka topic
                    {name: web, mode: live, channel: web, topic: [a], topics: [a]}     | 2 | 43 | unknown key 'topic'
                    {name: files, mode: batch, channel: web, topics: [a]}              | 2 | 54 | the source 'files' has no topics
                    {name: web, mode: live, channel: web, topics: [a], maxBytes: 0}    | 2 | 66 | a whole number of bytes
                    {name: web, mode: live, channel: web, topics: [a], format: json}   | 2 | 64 | needs a 'mapping'
                    {name: web, mode: live, channel: web, topics: [a], types: {x: y}}  | 2 | 67 | unknown event type 'y'
                    """)
    void aMistakeIsToldAtItsPlace(String source, int line, int column, String message) {
        assertProblems("sources:\n  - " + source + "\n", line, column, message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {identifiers: {email: /e}}                                                | 6  | missing key 'type'
                    {type: page_viewed}                                                       | 6  | missing key 'identifiers'
                    {type: page_seen, identifiers: {email: /e}}                               | 13 | unknown event type 'page_seen'
                    {type: {field: x}, identifiers: {email: /e}}                              | 21 | expected a JSON Pointer
                    {type: {field: /x, values: {a: b}}, identifiers: {email: /e}}             | 37 | unknown event type 'b'
                    {type: page_viewed, identifiers: {mail: /e}}                              | 40 | unknown namespace 'mail'
                    {type: page_viewed, identifiers: {email: [e]}}                            | 48 | expected a JSON Pointer
                    {type: page_viewed, identifiers: {email: /e}, properties: {pth: /p}}      | 65 | property 'pth' is not declared
                    {type: page_viewed, identifiers: {email: /e}, time: {field: /t, format: unix}} | 78 | expected one of iso
                    {type: page_viewed, identifiers: {email: /e}, channel: fax}               | 61 | unknown channel 'fax'
                    """)
    void aMistakeInAMappingIsToldAtItsPlace(String mapping, int column, String message) {
        assertProblems(
                "sources:\n  - name: web\n    mode: live\n    channel: web\n    topics: [a]\n"
                        + "    mapping:\n     "
                        + mapping
                        + "\n",
                7,
                column,
                message);
    }

    @Test
    void twoSourcesDoNotShareANameOrATopic() {
        assertThat(
                        problems(
                                """
                                sources:
                                  - {name: web, mode: live, channel: web, topics: [a]}
                                  - {name: web, mode: live, channel: web, topics: [b]}
                                  - {name: app, mode: live, channel: mobile, topics: [a]}
                                """))
                .extracting(Problem::toString)
                .containsExactly(
                        "sources.yaml:3:12: source 'web' is declared twice",
                        "sources.yaml:4:55: topic 'a' already belongs to 'web'");
    }

    @Test
    void aFormatThatReadsNoMappingDoesNotTakeOne() {
        assertProblems(
                "sources:\n  - {name: web, mode: live, channel: web, topics: [a], format: segment,"
                        + " mapping: {type: page_viewed, identifiers: {email: /e}}}\n",
                2,
                73,
                "only the formats json and auto read a 'mapping'");
    }

    @Test
    void missingFilesAreNamed() {
        Problems problems = new Problems();
        Decoding.compile(Definitions.of(new TreeMap<>()), problems);
        assertThat(problems.sorted())
                .extracting(Problem::toString)
                .containsExactly(
                        "events.yaml:1:1: the file is missing",
                        "identity.yaml:1:1: the file is missing",
                        "sources.yaml:1:1: the file is missing");
    }

    @Test
    void aMisspeltPropertyTypeIsToldAtItsPlace() {
        Problems problems = new Problems();
        Decoding.compile(
                Decoding.with(
                        Definitions.EVENTS,
                        "events:\n  a_b:\n    properties: {x: strng, y: [number]}\n  Cd: {}\n"),
                problems);
        assertThat(problems.sorted())
                .extracting(Problem::toString)
                .containsExactly(
                        "events.yaml:3:21: expected one of string, text, integer, number,"
                                + " boolean, timestamp, found 'strng'; did you mean 'string'?",
                        "events.yaml:4:3: expected a type in snake_case of at most 100"
                                + " characters, such as product_added, found 'Cd'");
    }

    private static void assertProblems(String text, int line, int column, String message) {
        assertThat(problems(text))
                .singleElement()
                .satisfies(
                        problem -> {
                            assertThat(problem.message()).contains(message);
                            assertThat(List.of(problem.line(), problem.column()))
                                    .containsExactly(line, column);
                        });
    }

    private static List<Problem> problems(String text) {
        Problems problems = new Problems();
        Decoding.compile(Decoding.withSources(text), problems);
        return problems.sorted();
    }
}
