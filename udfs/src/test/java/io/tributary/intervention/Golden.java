package io.tributary.intervention;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.event.CanonicalJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The files of one stage in {@code sample-data}: {@code input.ndjson} and {@code expected.ndjson}.
 * {@code -Dgolden.update=true} writes the expected file anew, to be reviewed as a diff.
 */
public final class Golden {

    private final Path folder;

    public Golden(String stage) {
        folder = Path.of("..", "sample-data", stage);
    }

    /** One JSON value for each line of the input. */
    public List<JsonNode> input() throws IOException {
        return Files.readAllLines(folder.resolve("input.ndjson")).stream()
                .map(line -> CanonicalJson.parse(line.getBytes(StandardCharsets.UTF_8)))
                .toList();
    }

    public void check(List<String> lines) throws IOException {
        Path expected = folder.resolve("expected.ndjson");
        if (Boolean.getBoolean("golden.update")) {
            Files.write(expected, lines);
        }
        assertThat(lines).isNotEmpty().isEqualTo(Files.readAllLines(expected));
    }
}
