package io.tributary.job.backtest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.event.CanonicalJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads two files of one document a line, sorted by id, side by side. */
final class DocumentPairs {

    private DocumentPairs() {}

    /** Receives the documents of one id; the side that has none is an empty object. */
    interface PairConsumer {
        void accept(ObjectNode old, ObjectNode changed);
    }

    static void read(Path before, Path after, PairConsumer pairs) throws IOException {
        try (BufferedReader olds = Files.newBufferedReader(before, StandardCharsets.UTF_8);
                BufferedReader news = Files.newBufferedReader(after, StandardCharsets.UTF_8)) {
            ObjectNode old = next(olds);
            ObjectNode changed = next(news);
            while (old != null || changed != null) {
                int order = order(old, changed);
                pairs.accept(
                        order <= 0 && old != null ? old : CanonicalJson.object(),
                        order >= 0 && changed != null ? changed : CanonicalJson.object());
                old = order <= 0 ? next(olds) : old;
                changed = order >= 0 ? next(news) : changed;
            }
        }
    }

    /** What has no document is behind everything. */
    private static int order(@Nullable ObjectNode old, @Nullable ObjectNode changed) {
        if (old == null || changed == null) {
            return old == null ? 1 : -1;
        }
        return old.path("id").asText().compareTo(changed.path("id").asText());
    }

    private static @Nullable ObjectNode next(BufferedReader lines) throws IOException {
        String line = lines.readLine();
        return line == null
                ? null
                : (ObjectNode) CanonicalJson.parse(line.getBytes(StandardCharsets.UTF_8));
    }
}
