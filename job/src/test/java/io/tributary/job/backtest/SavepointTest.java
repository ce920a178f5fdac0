package io.tributary.job.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.definition.Definitions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The live topology stopped with a savepoint and going on from it. {@code -Dsavepoint.update=true}
 * writes the committed savepoint of this version anew; an older version's is never touched.
 */
class SavepointTest {

    private static final Path TRAFFIC = Path.of("..", "sample-data", "traffic", "events.ndjson");
    private static final Path FIXTURE = Path.of("src", "test", "resources", "savepoint-0.1.0");
    private static final int BEFORE = 50;
    private static final int AFTER = 160;
    private static final long MOST_BYTES = 200_000;

    private static final String REMOVED = "checkout-loop";
    private static final String CHANGED = "cart-abandonment";
    private static final String ADDED =
            """
            id: three-views
            version: 1
            name: Three products viewed
            severity: low
            sequence:
              - {as: views, on: product_viewed, times: 3}
            within: 7d
            skip: past_last_event
            """;

    @TempDir private Path folder;

    private final Definitions definitions = Definitions.read(Backtests.DEFINITIONS);

    @Test
    void rescalingKeepsEveryMatch() throws Exception {
        LivePipeline rescaled = new LivePipeline(definitions);
        rescaled.parallelism(1).runToSavepoint(lines(0, 150), target("one"));
        rescaled.parallelism(2).runToSavepoint(lines(150, 300), target("two"));
        rescaled.parallelism(4).runToSavepoint(lines(300, 450), target("four"));
        rescaled.parallelism(2).runToEnd(lines(450, 600));
        assertThat(rescaled.painPoints())
                .isEqualTo(new LivePipeline(definitions).runToEnd(lines(0, 600)).painPoints());
    }

    @Test
    void theSavepointOfThisVersionIsRestored() throws Exception {
        LivePipeline before = new LivePipeline(definitions).parallelism(1);
        before.runToSavepoint(lines(0, BEFORE), target("fixture"));
        if (Boolean.getBoolean("savepoint.update")) {
            replaceFixture(folder.resolve("fixture"));
        }
        assertThat(size(FIXTURE)).isLessThanOrEqualTo(MOST_BYTES);
        LivePipeline restored = before.from(fixture()).parallelism(2);
        restored.runToEnd(lines(BEFORE, AFTER));
        SortedMap<String, String> whole =
                new LivePipeline(definitions).runToEnd(lines(0, AFTER)).painPoints();
        assertThat(restored.painPoints()).isEqualTo(whole).isNotEmpty();
    }

    @Test
    void definitionsMayChangeBetweenSavepointAndRestore() throws Exception {
        Definitions changed = changed();
        LivePipeline before = new LivePipeline(definitions).parallelism(1);
        before.runToSavepoint(lines(0, BEFORE), target("before"));
        SortedMap<String, String> toldBefore = before.painPoints();
        LivePipeline restored = before.with(changed).from(fixture()).parallelism(2);
        restored.runToEnd(lines(BEFORE, 600));
        LivePipeline whole = new LivePipeline(changed).runToEnd(lines(0, 600));
        // what a definition told that is no more stands; the others find all in all customers, who
        // all come again, as if they had always been as they are now
        assertThat(ids(restored.painPoints(), REMOVED)).isEqualTo(ids(toldBefore, REMOVED));
        for (String id : patterns(changed)) {
            assertThat(ids(restored.painPoints(), id))
                    .as(id)
                    .isEqualTo(ids(whole.painPoints(), id));
        }
        assertThat(ids(restored.painPoints(), "three-views")).isNotEmpty();
        assertThat(ids(restored.painPoints(), CHANGED)).isNotEmpty();
    }

    /** One added, one removed, one with another version. */
    private Definitions changed() {
        TreeMap<String, Definitions.SourceFile> files = new TreeMap<>(definitions.files());
        files.remove("patterns/" + REMOVED + ".yaml");
        files.put("patterns/three-views.yaml", new Definitions.SourceFile("three-views", ADDED));
        files.computeIfPresent(
                "patterns/" + CHANGED + ".yaml",
                (role, file) ->
                        new Definitions.SourceFile(
                                file.path(), file.text().replace("version: 1", "version: 2")));
        return Definitions.of(files);
    }

    private static List<String> patterns(Definitions definitions) {
        return definitions.folder(Definitions.PATTERNS).values().stream()
                .flatMap(file -> file.text().lines())
                .filter(line -> line.startsWith("id: "))
                .map(line -> line.substring(4))
                .toList();
    }

    private static List<String> ids(SortedMap<String, String> painPoints, String pattern) {
        return painPoints.entrySet().stream()
                .filter(entry -> entry.getValue().contains("\"pattern\":\"" + pattern + "\""))
                .map(Map.Entry::getKey)
                .toList();
    }

    private List<String> lines(int from, int to) throws IOException {
        return Files.readAllLines(TRAFFIC).subList(from, to);
    }

    private String target(String name) {
        return folder.resolve(name).toUri().toString();
    }

    private static String fixture() {
        return FIXTURE.toAbsolutePath().normalize().toUri().toString();
    }

    private static long size(Path of) throws IOException {
        long size = 0;
        try (Stream<Path> files = Files.walk(of)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                size += Files.size(file);
            }
        }
        return size;
    }

    /** A savepoint's paths are relative to its own folder. */
    private static void replaceFixture(Path parent) throws IOException {
        if (Files.exists(FIXTURE)) {
            try (Stream<Path> old = Files.walk(FIXTURE)) {
                for (Path path : old.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
        Files.createDirectories(FIXTURE);
        try (Stream<Path> written = Files.walk(parent)) {
            for (Path file : written.filter(Files::isRegularFile).toList()) {
                Files.copy(file, FIXTURE.resolve(file.getFileName()));
            }
        }
    }
}
