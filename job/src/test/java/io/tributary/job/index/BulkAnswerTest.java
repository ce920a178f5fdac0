package io.tributary.job.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BulkAnswerTest {

    private static final IndexRequest WRITE = request("a", utf8("{}"));
    private static final IndexRequest DELETE = request("b", null);

    @ParameterizedTest
    @CsvSource({
        "200, STORED", "201, STORED", "409, STORED", "429, BUSY", "500, BUSY", "502, BUSY",
        "503, BUSY", "504, BUSY", "400, REFUSED", "403, REFUSED", "404, REFUSED", "413, REFUSED"
    })
    void theStatusOfAWriteHasItsMeaning(int status, BulkAnswer.Meaning meaning) {
        assertThat(BulkAnswer.Meaning.ofItem(status, false)).isEqualTo(meaning);
    }

    @Test
    void deletingWhatIsNotThereIsDone() {
        assertThat(BulkAnswer.Meaning.ofItem(404, true)).isEqualTo(BulkAnswer.Meaning.STORED);
    }

    @Test
    void eachDocumentIsJudgedByItself() {
        IndexRequest conflict = request("c", utf8("{}"));
        IndexRequest full = request("d", utf8("{}"));
        IndexRequest wrong = request("e", utf8("{}"));

        BulkAnswer answer =
                BulkAnswer.read(
                        List.of(WRITE, DELETE, conflict, full, wrong),
                        200,
                        utf8(
                                """
                                {"items":[
                                  {"index":{"status":201}},
                                  {"delete":{"status":404}},
                                  {"index":{"status":409,"error":{"type":"version_conflict"}}},
                                  {"index":{"status":429,"error":{"type":"rejected","reason":"full"}}},
                                  {"index":{"status":400,"error":{"type":"mapper_parsing","reason":"no"}}}
                                ]}\
                                """));

        assertThat(answer)
                .isEqualTo(
                        new BulkAnswer(
                                3,
                                List.of(full),
                                List.of(
                                        new BulkAnswer.Refusal(
                                                wrong, "status 400 mapper_parsing: no")),
                                "status 429 rejected: full"));
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404, 429, 500, 502, 503})
    void aRequestThatFailsAsAWholeIsSentAgain(int status) {
        assertThat(BulkAnswer.read(List.of(WRITE, DELETE), status, utf8("later")))
                .isEqualTo(
                        new BulkAnswer(
                                0,
                                List.of(WRITE, DELETE),
                                List.of(),
                                "status " + status + " later"));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 413})
    void aRequestThatIsRefusedAsAWholeRefusesEachDocument(int status) {
        assertThat(BulkAnswer.read(List.of(WRITE), status, utf8("bad")).refused())
                .containsExactly(new BulkAnswer.Refusal(WRITE, "status " + status + " bad"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>", "{\"items\":[]}", ""})
    void anAnswerThatTellsNothingIsAskedForAgain(String body) {
        assertThat(BulkAnswer.read(List.of(WRITE), 200, utf8(body)).busy()).containsExactly(WRITE);
    }

    @Test
    void theBodyNamesIndexIdAndExternalVersion() {
        byte[] body = BulkRequest.body(List.of(WRITE, DELETE));

        assertThat(new String(body, StandardCharsets.UTF_8))
                .isEqualTo(
                        "{\"index\":{\"_id\":\"a\",\"_index\":\"i\",\"version\":7,"
                                + "\"version_type\":\"external\"}}\n{}\n"
                                + "{\"delete\":{\"_id\":\"b\",\"_index\":\"i\",\"version\":7,"
                                + "\"version_type\":\"external\"}}\n");
    }

    private static IndexRequest request(String id, byte[] document) {
        return new IndexRequest("i", id, 7, document, 0, "t", 0, 0, 0, null);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
