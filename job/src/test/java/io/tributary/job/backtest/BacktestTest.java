package io.tributary.job.backtest;

import static io.tributary.job.backtest.Backtests.EVENTS;
import static io.tributary.job.backtest.Backtests.EXPECTED;
import static io.tributary.job.backtest.Backtests.contents;
import static io.tributary.job.backtest.Backtests.run;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.event.CanonicalJson;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole pipeline on {@code sample-data/pipeline}. {@code -Dgolden.update=true} writes the
 * expected files anew, to be reviewed as a diff.
 */
class BacktestTest {

    /** Files that say nothing about where a line stood. */
    private static final List<String> DOCUMENTS =
            List.of(
                    "pain-points.ndjson",
                    "interventions.ndjson",
                    "customers.ndjson",
                    "metrics.ndjson",
                    "retractions.ndjson");

    @TempDir private Path folder;

    @Test
    void theSampleHistoryGivesTheExpectedFiles() throws IOException {
        Path out = folder.resolve("out");
        assertThat(run(out, List.of(EVENTS)).status()).isZero();
        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(EXPECTED);
            for (Map.Entry<String, String> file : contents(out).entrySet()) {
                Files.writeString(EXPECTED.resolve(file.getKey()), file.getValue());
            }
        }
        assertThat(contents(out)).isEqualTo(contents(EXPECTED));
    }

    @Test
    void orderSplitAndParallelismDoNotMatter() throws IOException {
        List<byte[]> lines = lines();
        for (int seed = 1; seed <= 2; seed++) {
            Collections.shuffle(lines, new Random(seed));
            Path first = write("first-" + seed, lines.subList(0, lines.size() / 2));
            Path second = write("second-" + seed, lines.subList(lines.size() / 2, lines.size()));
            Path out = folder.resolve("out-" + seed);
            String parallelism = Integer.toString(2 * seed - 1);
            assertThat(run(out, List.of(second, first), "--parallelism", parallelism).status())
                    .isZero();
            assertThat(documents(out)).as("seed %d", seed).isEqualTo(documents(EXPECTED));
        }
    }

    @Test
    void feedingItTwiceChangesNothingButWhatWasRejected() throws IOException {
        List<byte[]> lines = lines();
        Path copy = write("copy", lines);
        Path out = folder.resolve("out");
        assertThat(run(out, List.of(EVENTS, copy, EVENTS)).status()).isZero();
        SortedMap<String, String> twice = documents(out);
        SortedMap<String, String> once = documents(EXPECTED);
        assertThat(withoutRefused(twice.remove("metrics.ndjson")))
                .isEqualTo(withoutRefused(once.remove("metrics.ndjson")));
        assertThat(twice).isEqualTo(once);
        assertThat(Files.readAllLines(out.resolve("rejected.ndjson")))
                .hasSize(2 * Files.readAllLines(EXPECTED.resolve("rejected.ndjson")).size());
    }

    @Test
    void aPackedFileIsReadLikeAPlainOne() throws IOException {
        Path packed = folder.resolve("events.ndjson.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            out.write(Files.readAllBytes(EVENTS));
        }
        Path out = folder.resolve("out");
        assertThat(run(out, List.of(packed)).status()).isZero();
        assertThat(documents(out)).isEqualTo(documents(EXPECTED));
    }

    @Test
    void anEarlierEndLeavesOutWhatCameAfterAndLeavesAbsencesOpen() throws IOException {
        Path out = folder.resolve("out");
        assertThat(run(out, List.of(EVENTS), "--until", "2026-03-01T10:30:00Z").status()).isZero();
        Map<String, String> statusByPattern = new TreeMap<>();
        for (String line : Files.readAllLines(out.resolve("pain-points.ndjson"))) {
            JsonNode painPoint = json(line);
            statusByPattern.merge(
                    painPoint.path("pattern").asText(),
                    painPoint.path("status").asText(),
                    (one, other) -> one + " " + other);
        }
        assertThat(statusByPattern)
                .isEqualTo(
                        Map.of(
                                "cart-abandonment", "open",
                                "checkout-hesitation", "detected detected",
                                "silence-after-purchase", "open",
                                "slow-resolution-high", "open"));
        JsonNode report = json(Files.readString(out.resolve("report.json")));
        assertThat(report.path("end").asText()).isEqualTo("2026-03-01T10:30:00.000Z");
        assertThat(report.path("input").path("afterEnd").asInt()).isEqualTo(5);
    }

    @Test
    void anOrderThatWasReceivedTooLateIsAnOfferThatALiveJobHadTakenBack() throws IOException {
        Path out = folder.resolve("out");
        Backtests.Run run = run(out, List.of(EVENTS));
        JsonNode report = json(Files.readString(out.resolve("report.json")));
        JsonNode abandoned = report.path("patterns").path("cart-abandonment");
        assertThat(abandoned.path("retractions").asInt()).isEqualTo(1);
        assertThat(abandoned.path("cancelled").asInt()).isEqualTo(1);
        assertThat(abandoned.path("arms")).isEqualTo(json("{\"treatment\": 0, \"holdout\": 0}"));
        assertThat(report.path("written").path("retractions").asInt()).isEqualTo(1);
        assertThat(run.output().lines().map(line -> line.strip().replaceAll(" {2,}", "|")))
                .contains(
                        "pattern|detected|open|retracted|customers|first|last|offered|suppressed",
                        "cart-abandonment|1|0|1|1|2026-03-01T10:35|2026-03-01T10:35|0|cooldown 1",
                        "slow-resolution-urgent|0|0|0|0|-|-|0|-");
    }

    @Test
    void whatIsRejectedNamesTheFileAsTheUserDidAndTheLine() throws IOException {
        Path out = folder.resolve("out");
        run(out, List.of(EVENTS));
        List<byte[]> lines = lines();
        for (String line : Files.readAllLines(out.resolve("rejected.ndjson"))) {
            JsonNode rejected = json(line);
            assertThat(rejected.path("file").asText()).isEqualTo(EVENTS.toString());
            assertThat(rejected.path("payloadBase64").binaryValue())
                    .isEqualTo(lines.get(rejected.path("line").asInt() - 1));
        }
    }

    @Test
    void anEmptyFileIsARunThatFindsNothing() throws IOException {
        Path empty = Files.createFile(folder.resolve("empty.ndjson"));
        Path out = folder.resolve("out");
        assertThat(run(out, List.of(empty)).status()).isZero();
        assertThat(contents(out).get("pain-points.ndjson")).isEmpty();
    }

    @Test
    void badInputEndsWithStatusTwoAndSaysWhatIsWrong() throws IOException {
        Path broken = folder.resolve("broken.yaml");
        Files.writeString(broken, "id: x\nversion: one\n");
        String out = folder.resolve("out").toString();
        String definitions = Backtests.DEFINITIONS.toString();
        String events = EVENTS.toString();
        Backtests.Run noFile =
                run("--definitions", definitions, "--events", "nowhere", "--out", out);
        assertThat(noFile.status()).isEqualTo(2);
        assertThat(noFile.errors()).contains("no readable file nowhere");
        Backtests.Run noFolder = run("--definitions", "nowhere", "--events", events, "--out", out);
        assertThat(noFolder.status()).isEqualTo(2);
        assertThat(noFolder.errors()).contains("no folder nowhere");
        Backtests.Run badTime = run(Path.of(out), List.of(EVENTS), "--until", "tomorrow");
        assertThat(badTime.status()).isEqualTo(2);
        assertThat(badTime.errors()).contains("'tomorrow' is no time");
        Backtests.Run badPattern =
                run(Path.of(out), List.of(EVENTS), "--patterns", broken.toString());
        assertThat(badPattern.status()).isEqualTo(2);
        assertThat(badPattern.output()).contains(broken + ":2:10: ");
    }

    @Test
    void optionsThatDoNotGoTogetherAreBadInput() {
        String out = folder.resolve("out").toString();
        String events = EVENTS.toString();
        assertThat(badInput("--out", out)).contains("'--events=FILE' or '--from-topic=TOPIC'");
        assertThat(badInput("--events", events, "--from-topic", "events.web", "--out", out))
                .contains("--events does not go with --from-topic");
        assertThat(badInput("--events", events, "--since", "7d", "--out", out))
                .contains("--since goes with --from-topic");
        assertThat(badInput("--from-topic", "events.web", "--since", "soon", "--out", out))
                .contains("--since: 'soon' is no time such as 2026-03-01T00:00:00Z and no");
        assertThat(badInput("--from-topic", "t", "--out", out, "--", "--kafka.group.idd.x"))
                .contains("'--kafka.group.idd.x' has no value");
    }

    private static String badInput(String... arguments) {
        Backtests.Run run = run(arguments);
        assertThat(run.status()).isEqualTo(2);
        return run.errors();
    }

    @Test
    void aBrokerThatDoesNotAnswerIsAFailureThatNamesIt() {
        Backtests.Run run =
                run(
                        "--definitions",
                        Backtests.DEFINITIONS.toString(),
                        "--from-topic",
                        "events.web",
                        "--bootstrap-servers",
                        "127.0.0.1:1",
                        "--out",
                        folder.resolve("out").toString(),
                        "--",
                        "--kafka.request.timeout.ms",
                        "500",
                        "--kafka.default.api.timeout.ms",
                        "500");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.errors()).contains("cannot read topics from 127.0.0.1:1");
    }

    private static JsonNode json(String text) {
        return CanonicalJson.parse(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private static String withoutRefused(String metrics) {
        return metrics.lines()
                .filter(line -> !json(line).path("name").asText().matches("rejected|late"))
                .reduce("", (all, line) -> all + line + "\n");
    }

    private static SortedMap<String, String> documents(Path out) throws IOException {
        SortedMap<String, String> documents = contents(out);
        documents.keySet().retainAll(DOCUMENTS);
        return documents;
    }

    private Path write(String name, List<byte[]> lines) throws IOException {
        Path file = folder.resolve(name + ".ndjson");
        try (OutputStream out = Files.newOutputStream(file)) {
            for (byte[] line : lines) {
                out.write(line);
                out.write('\n');
            }
        }
        return file;
    }

    /** The lines as bytes: one of them is no UTF-8. */
    private static List<byte[]> lines() throws IOException {
        byte[] all = Files.readAllBytes(EVENTS);
        List<byte[]> lines = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < all.length; i++) {
            if (all[i] == '\n') {
                lines.add(Arrays.copyOfRange(all, start, i));
                start = i + 1;
            }
        }
        return lines;
    }
}
