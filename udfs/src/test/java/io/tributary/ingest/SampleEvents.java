package io.tributary.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.definition.Definitions;
import io.tributary.definition.Problems;
import io.tributary.event.CanonicalJson;
import io.tributary.event.CustomerEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Messages of golden inputs, decoded with the shipped definitions and the published test key. */
public final class SampleEvents {

    private SampleEvents() {}

    public static List<CustomerEvent> decode(List<JsonNode> messages) {
        Problems problems = new Problems();
        Decoder decoder =
                Sources.compile(
                                Definitions.read(Path.of("..", "definitions")),
                                IdentifierSecret.publishedTestKey(),
                                Duration.ofDays(23),
                                problems)
                        .decoderForFiles();
        problems.throwIfAny();
        List<CustomerEvent> events = new ArrayList<>();
        for (JsonNode message : messages) {
            RawRecord line =
                    RawRecord.line("sample", events.size() + 1, CanonicalJson.bytes(message));
            for (Ingested ingested : decoder.decode(line)) {
                if (ingested.event() == null) {
                    throw new IllegalArgumentException(String.valueOf(ingested.rejected()));
                }
                events.add(ingested.event());
            }
        }
        return events;
    }
}
