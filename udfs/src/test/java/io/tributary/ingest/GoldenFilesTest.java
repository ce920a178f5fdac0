package io.tributary.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.definition.Definitions;
import io.tributary.event.CanonicalJson;
import io.tributary.event.CustomerEvent;
import io.tributary.event.EventTime;
import io.tributary.event.Identifier;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every line of {@code sample-data/ingest} becomes what its neighbour in {@code expected} says.
 *
 * <p>{@code mvn test -pl udfs -Dtest=GoldenFilesTest -Dgolden.update=true} writes the expected
 * files anew; review them as a diff.
 */
class GoldenFilesTest {

    private static final Path FOLDER = Path.of("..", "sample-data", "ingest");

    @ParameterizedTest
    @ValueSource(strings = {"segment", "cloudevents", "mapped", "rejected"})
    void aSampleFileBecomesTheExpectedEventsAndRejections(String name) throws IOException {
        Path expected = FOLDER.resolve("expected").resolve(name + ".ndjson");
        Decoder decoder = Decoding.of(definitions(name)).sources().decoderForFiles();
        String actual = decode(decoder, FOLDER.resolve(name + ".ndjson"));

        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(expected, actual);
        }
        assertThat(actual).isEqualTo(Files.readString(expected));
        assertThat(decode(decoder, FOLDER.resolve(name + ".ndjson")))
                .as("the same decoder, once more")
                .isEqualTo(actual);
    }

    @ParameterizedTest
    @ValueSource(strings = {"segment", "cloudevents", "mapped", "rejected"})
    void nothingHandedOnNamesACustomer(String name) throws IOException {
        Path expected = FOLDER.resolve("expected").resolve(name + ".ndjson");
        assertThat(Files.readString(expected).toLowerCase(Locale.ROOT))
                .doesNotContain(
                        "u-1001",
                        "u-0007",
                        "anon-aaaa",
                        "jane",
                        "901820",
                        "0301234567",
                        "idfa-77",
                        "lc-5",
                        "4111");
    }

    private static Definitions definitions(String name) {
        Definitions shipped = Definitions.read(Decoding.DEFINITIONS);
        TreeMap<String, Definitions.SourceFile> files = new TreeMap<>(shipped.files());
        if (name.equals("mapped")) {
            files.putAll(Definitions.read(FOLDER.resolve("definitions")).files());
        }
        return Definitions.of(files);
    }

    private static String decode(Decoder decoder, Path file) throws IOException {
        StringBuilder out = new StringBuilder();
        long number = 0;
        for (byte[] line : lines(Files.readAllBytes(file))) {
            long position = ++number;
            decoder.decode(
                    RawRecord.line(String.valueOf(file.getFileName()), position, line),
                    result -> out.append(describe(position, result)).append('\n'));
        }
        return out.toString();
    }

    private static List<byte[]> lines(byte[] bytes) {
        List<byte[]> lines = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                lines.add(Arrays.copyOfRange(bytes, start, i));
                start = i + 1;
            }
        }
        return lines;
    }

    private static String describe(long line, Ingested result) {
        ObjectNode json = CanonicalJson.object().put("line", line);
        CustomerEvent event = result.event();
        if (event != null) {
            json.set("event", describe(event));
            if (result.unknownType()) {
                json.put("unknownType", true);
            }
            if (!result.droppedProperties().isEmpty()) {
                json.put("dropped", String.join(" ", result.droppedProperties()));
            }
        } else {
            Rejected rejected = Objects.requireNonNull(result.rejected());
            assertThat(rejected.position()).isEqualTo(line);
            json.put("rejected", rejected.reason().name()).put("detail", rejected.detail());
            json.put("bytes", rejected.payload().length);
        }
        return CanonicalJson.string(json);
    }

    private static ObjectNode describe(CustomerEvent event) {
        ObjectNode json =
                CanonicalJson.object()
                        .put("id", event.id())
                        .put("type", event.type())
                        .put("time", EventTime.format(event.time()))
                        .put("originalTime", EventTime.format(event.originalTime()))
                        .put("receivedTime", EventTime.format(event.receivedTime()))
                        .put("channel", event.channel())
                        .put("source", event.source());
        List<String> identifiers = new ArrayList<>();
        for (Identifier identifier : event.identifiers()) {
            identifiers.add(identifier.key() + (identifier.sealed() == null ? "" : " sealed"));
        }
        json.set("identifiers", CanonicalJson.array());
        identifiers.forEach(json.withArray("identifiers")::add);
        json.set(
                "properties",
                CanonicalJson.parse(
                        new String(event.propertiesJson(), StandardCharsets.UTF_8)
                                .getBytes(StandardCharsets.UTF_8)));
        return json;
    }
}
