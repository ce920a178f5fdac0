package io.tributary.job.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.event.CanonicalJson;
import io.tributary.event.EventTime;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonTest {

    private static final long END = EventTime.parse("2026-03-02T00:00:00Z");

    @TempDir private Path folder;

    @Test
    void aMatchIsTheSameIfItsEventsAreAndMovedIfItsTimesAreNot() throws IOException {
        painPoints("old", detected("1", "ann", 10), detected("2", "ben", 10), open("4", "dora"));
        painPoints("new", open("1", "ann"), detected("2", "ben", 11), detected("3", "carl", 12));
        decisions("old");
        decisions("new");
        assertThat(compare(5))
                .isEqualTo(
                        """
                        {"end": "2026-03-02T00:00:00.000Z", "patterns": {"late-parcel": {
                          "versions": {"old": [], "new": []},
                          "matches": {"both": 1, "added": 1, "removed": 1, "moved": 1, "examples": {
                            "added": [{"painPoint": "3", "customer": "carl", "version": 1,
                              "detectedAt": "12h", "start": "0h", "end": "12h",
                              "events": {"s": ["e3"]}, "old": "not found"}],
                            "removed": [{"painPoint": "1", "customer": "ann", "version": 1,
                              "detectedAt": "10h", "start": "0h", "end": "10h",
                              "events": {"s": ["e1"]}, "new": "open"}],
                            "moved": [{"painPoint": "2", "customer": "ben", "version": 1,
                              "detectedAt": "11h", "start": "0h", "end": "11h",
                              "events": {"s": ["e2"]},
                              "old": {"detectedAt": "10h", "start": "0h", "end": "10h"}}]}},
                          "decisions": {"both": 0, "added": 0, "removed": 0,
                            "examples": {"added": [], "removed": []}}}}}
                        """
                                .transform(ComparisonTest::canonical));
    }

    @Test
    void anOfferIsAddedOrRemovedWithTheReasonOfTheOtherSide() throws IOException {
        painPoints("old");
        painPoints("new");
        decisions("old", decision("1", "eligible"), decision("2", "eligible"));
        decisions("new", decision("2", "cooldown"), decision("3", "eligible"));
        assertThat(
                        CanonicalJson.string(
                                CanonicalJson.parse(compare(5).getBytes(StandardCharsets.UTF_8))
                                        .at("/patterns/late-parcel/decisions")))
                .isEqualTo(
                        """
                        {"added": 1, "both": 0, "removed": 2, "examples": {
                          "added": [{"painPoint": "3", "customer": "ann", "decidedAt": "1h",
                            "action": "call", "channel": "voice", "old": "no match"}],
                          "removed": [
                            {"painPoint": "1", "customer": "ann", "decidedAt": "1h",
                             "action": "call", "channel": "voice", "new": "no match"},
                            {"painPoint": "2", "customer": "ann", "decidedAt": "1h",
                             "action": "call", "channel": "voice", "new": "cooldown"}]}}
                        """
                                .transform(ComparisonTest::canonical));
    }

    @Test
    void allAreCountedAndAFewAreShown() throws IOException {
        painPoints("old");
        painPoints("new", detected("1", "ann", 1), detected("2", "ann", 2), detected("3", "b", 3));
        decisions("old");
        decisions("new");
        String json = compare(2);
        assertThat(json).contains("\"added\":3").contains("\"2\"").doesNotContain("\"3\"");
        assertThat(compare(0)).contains("\"added\":3", "\"examples\":{\"added\":[]");
    }

    private String compare(int examples) throws IOException {
        Comparison comparison = new Comparison(List.of(), List.of(), END, examples);
        comparison.read(folder.resolve("old"), folder.resolve("new"));
        return CanonicalJson.string(comparison.toJson());
    }

    private void painPoints(String run, String... lines) throws IOException {
        write(run, "pain-points.ndjson", lines);
    }

    private void decisions(String run, String... lines) throws IOException {
        write(run, "interventions.ndjson", lines);
    }

    private void write(String run, String file, String... lines) throws IOException {
        Files.createDirectories(folder.resolve(run));
        Files.write(folder.resolve(run).resolve(file), List.of(lines));
    }

    private static String detected(String id, String customer, int hours) {
        return painPoint(id, customer, "detected", '"' + Integer.toString(hours) + "h\"", hours);
    }

    private static String open(String id, String customer) {
        return painPoint(id, customer, "open", "null", 20);
    }

    private static String painPoint(
            String id, String customer, String status, String detectedAt, int end) {
        return canonical(
                """
                {"id": "%s", "pattern": "late-parcel", "version": 1, "customer": "%s",
                 "status": "%s", "detectedAt": %s, "start": "0h", "end": "%dh",
                 "events": {"s": ["e%s"]}, "severity": "high", "journey": null}
                """
                        .formatted(id, customer, status, detectedAt, end, id));
    }

    private static String decision(String id, String reason) {
        return canonical(
                """
                {"id": "%s", "painPoint": "%s", "pattern": "late-parcel", "customer": "ann",
                 "status": "%s", "reason": "%s", "decidedAt": "1h", "action": "call",
                 "channel": "voice"}
                """
                        .formatted(
                                id,
                                id,
                                reason.equals("eligible") ? "offered" : "suppressed",
                                reason));
    }

    private static String canonical(String json) {
        return CanonicalJson.string(CanonicalJson.parse(json.getBytes(StandardCharsets.UTF_8)));
    }
}
