package io.tributary.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever a record holds, the decoder gives one result for each of its parts and never throws. */
class PoisonTest {

    private static final Path SAMPLES = Path.of("..", "sample-data", "ingest");

    private final Decoding decoding = Decoding.shipped();

    @Test
    void anyFlippedByteIsAccountedFor() throws IOException {
        Random random = new Random(20260301);
        Decoder decoder = decoding.sources().decoderForFiles();
        for (byte[] sample : samples()) {
            for (int i = 0; i < 400; i++) {
                byte[] poisoned = sample.clone();
                for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
                    poisoned[random.nextInt(poisoned.length)] ^= (byte) (1 << random.nextInt(8));
                }
                assertAccountedFor(decoder, poisoned);
            }
        }
    }

    @Test
    void aMessageCutAnywhereIsAccountedFor() throws IOException {
        Decoder decoder = decoding.sources().decoderForFiles();
        for (byte[] sample : samples()) {
            for (int length = 0; length < sample.length; length++) {
                assertAccountedFor(decoder, Arrays.copyOf(sample, length));
            }
        }
    }

    @Test
    void randomBytesAreAccountedForInEveryFormat() {
        Random random = new Random(7);
        for (String format : List.of("segment", "cloudevents", "auto")) {
            Decoder decoder =
                    Decoding.of(
                                    Decoding.withSources(
                                            "sources: [{name: files, mode: batch, channel: web,"
                                                    + " format: "
                                                    + format
                                                    + "}]"))
                            .sources()
                            .decoderForFiles();
            for (int i = 0; i < 3_000; i++) {
                byte[] bytes = new byte[random.nextInt(200)];
                random.nextBytes(bytes);
                assertAccountedFor(decoder, bytes);
            }
        }
    }

    /** Every value of a good message replaced by every kind of JSON value. */
    @Test
    void anyFieldOfAnotherTypeIsAccountedFor() {
        List<String> fields =
                List.of(
                        "type",
                        "event",
                        "messageId",
                        "userId",
                        "anonymousId",
                        "previousId",
                        "groupId",
                        "name",
                        "category",
                        "properties",
                        "traits",
                        "context",
                        "timestamp",
                        "originalTimestamp",
                        "sentAt",
                        "receivedAt",
                        "channel",
                        "batch",
                        "specversion",
                        "id",
                        "source",
                        "time",
                        "data",
                        "subject");
        List<String> values =
                List.of(
                        "null",
                        "true",
                        "17",
                        "-1.5e300",
                        "\"\"",
                        "\"\\ud800\"",
                        "[]",
                        "[[1]]",
                        "{}",
                        "{\"id\":{}}",
                        "{\"traits\":[]}",
                        "{\"device\":7}",
                        "9e18");
        Decoder decoder = decoding.sources().decoderForFiles();
        for (String call : List.of("identify", "track", "page", "screen", "group", "alias", "?")) {
            for (String field : fields) {
                for (String value : values) {
                    String type = field.equals("type") ? "" : "\"type\":\"" + call + "\",";
                    String json = "{" + type + "\"" + field + "\":" + value + "}";
                    assertAccountedFor(decoder, json.getBytes(StandardCharsets.UTF_8));
                    String event = "{\"specversion\":\"1.0\"," + json.substring(1);
                    assertAccountedFor(decoder, event.getBytes(StandardCharsets.UTF_8));
                }
            }
        }
    }

    @Test
    void aValueLargerThanTheSourceAllowsIsRejectedWhole() {
        byte[] large = new byte[SourceConfig.DEFAULT_MAX_BYTES + 1];
        Arrays.fill(large, (byte) ' ');
        Rejected rejected = Decoding.rejected(decoding.line(large));
        assertThat(rejected)
                .isEqualTo(
                        new Rejected(
                                RejectionReason.TOO_LARGE,
                                "1048577 bytes, the source allows 1048576",
                                "files",
                                "test.ndjson",
                                -1,
                                1,
                                -1,
                                large));
    }

    @Test
    void nestingOfAnyDepthDoesNotOverflowTheStack() {
        for (String open : List.of("[", "{\"a\":", "{\"batch\":[", "[{\"a\":")) {
            String deep = open.repeat(100_000);
            assertThat(decoding.rejected(deep).reason()).isEqualTo(RejectionReason.TOO_DEEP);
        }
    }

    @Test
    void aHugeNumberIsNoTrap() {
        assertThat(decoding.rejected("[" + "9".repeat(500_000) + "]").reason())
                .isIn(RejectionReason.NOT_JSON, RejectionReason.NOT_A_NUMBER);
        assertThat(decoding.rejected("[1e999999999]").reason())
                .isEqualTo(RejectionReason.NOT_A_NUMBER);
    }

    @Test
    void aDefectOfADecoderIsARejectionThatQuotesNothing() {
        SourceConfig files = SourceConfig.files();
        MessageFormat broken =
                new MessageFormat() {
                    @Override
                    public boolean claims(Part part) {
                        return true;
                    }

                    @Override
                    public Message read(Part part) {
                        throw new IllegalStateException("quotes jane@example.org");
                    }
                };
        EventAssembler unused = null;
        List<Ingested> results =
                new JsonDecoder(files, broken, unused, Duration.ZERO)
                        .decode(RawRecord.line("f", 1, "{}".getBytes(StandardCharsets.UTF_8)));
        Rejected rejected = Decoding.rejected(results);
        assertThat(rejected.reason()).isEqualTo(RejectionReason.INTERNAL);
        assertThat(rejected.detail())
                .startsWith("java.lang.IllegalStateException at io.tributary.ingest.PoisonTest")
                .doesNotContain("jane");
    }

    private static List<byte[]> samples() throws IOException {
        List<byte[]> samples = new ArrayList<>();
        for (String name : List.of("segment", "cloudevents")) {
            Files.readAllLines(SAMPLES.resolve(name + ".ndjson"))
                    .forEach(line -> samples.add(line.getBytes(StandardCharsets.UTF_8)));
        }
        return samples;
    }

    private static void assertAccountedFor(Decoder decoder, byte[] value) {
        RawRecord record = new RawRecord("t", 1, 2, 1772355600000L, null, value, Map.of());
        List<Ingested> results = decoder.decode(record);
        assertThat(results).as(() -> new String(value, StandardCharsets.UTF_8)).isNotEmpty();
        for (Ingested result : results) {
            assertThat(result.event() == null).isNotEqualTo(result.rejected() == null);
            if (!result.isAccepted()) {
                Rejected rejected = Objects.requireNonNull(result.rejected());
                assertThat(rejected.reason())
                        .as(() -> rejected + " " + new String(value, StandardCharsets.UTF_8))
                        .isNotEqualTo(RejectionReason.INTERNAL);
                assertThat(rejected.detail()).doesNotContain("u-1001", "example.");
                assertThat(new String(value, StandardCharsets.ISO_8859_1))
                        .contains(new String(rejected.payload(), StandardCharsets.ISO_8859_1));
            }
        }
        assertThat(decoder.decode(record)).isEqualTo(results);
    }
}
