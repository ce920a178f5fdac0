package io.tributary.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.definition.Definitions;
import io.tributary.definition.Problems;
import io.tributary.event.CustomerEvent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Decodes single messages with the definitions that ship, under the published test key. */
final class Decoding {

    static final Path DEFINITIONS = Path.of("..", "definitions");

    static final Duration ALLOWED_LATENESS = Duration.ofDays(10);

    private final Sources sources;

    private Decoding(Sources sources) {
        this.sources = sources;
    }

    static Decoding shipped() {
        return of(Definitions.read(DEFINITIONS));
    }

    static Decoding of(Definitions definitions) {
        Problems problems = new Problems();
        Sources sources = compile(definitions, problems);
        problems.throwIfAny();
        return new Decoding(sources);
    }

    static Sources compile(Definitions definitions, Problems problems) {
        return Sources.compile(
                definitions, IdentifierSecret.publishedTestKey(), ALLOWED_LATENESS, problems);
    }

    /** The definitions that ship, with this text as {@code sources.yaml}. */
    static Definitions withSources(String text) {
        return with(Definitions.SOURCES, text);
    }

    static Definitions with(String role, String text) {
        TreeMap<String, Definitions.SourceFile> files =
                new TreeMap<>(Definitions.read(DEFINITIONS).files());
        files.put(role, new Definitions.SourceFile(role, text));
        return Definitions.of(files);
    }

    Sources sources() {
        return sources;
    }

    List<Ingested> line(String json) {
        return line(json.getBytes(StandardCharsets.UTF_8));
    }

    List<Ingested> line(byte[] value) {
        return sources.decoderForFiles().decode(RawRecord.line("test.ndjson", 1, value));
    }

    CustomerEvent event(String json) {
        return event(line(json));
    }

    static CustomerEvent event(List<Ingested> results) {
        assertThat(results).hasSize(1);
        return Objects.requireNonNull(results.get(0).event(), results.get(0).toString());
    }

    Rejected rejected(String json) {
        return rejected(line(json));
    }

    static Rejected rejected(List<Ingested> results) {
        assertThat(results).hasSize(1);
        return Objects.requireNonNull(results.get(0).rejected(), results.get(0).toString());
    }

    /** A Kafka record of the topic {@code events.<source>}. */
    List<Ingested> record(String source, long time, String value, Map<String, String> headers) {
        TreeMap<String, byte[]> bytes = new TreeMap<>();
        headers.forEach((k, v) -> bytes.put(k, v.getBytes(StandardCharsets.UTF_8)));
        return sources.decoder(source)
                .decode(
                        new RawRecord(
                                "events." + source,
                                3,
                                17,
                                time,
                                null,
                                value == null ? null : value.getBytes(StandardCharsets.UTF_8),
                                bytes));
    }
}
