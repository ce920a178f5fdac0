package io.tributary.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DashboardServerTest {

    private static final String CUSTOMER = "user_id:0123456789abcdef0123456789abcdef";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private RecordedElasticsearch elasticsearch;
    private DashboardServer server;

    @BeforeEach
    void start() throws IOException {
        elasticsearch = new RecordedElasticsearch();
        server =
                DashboardServer.start(
                        new Elasticsearch(elasticsearch.url(), "tributary-"), "127.0.0.1", 0);
    }

    @AfterEach
    void stop() {
        server.close();
        elasticsearch.close();
    }

    @Test
    void theSummaryCountsEventsPerMinuteAndChannelUpToTheNewestMinute() throws Exception {
        assertThat(json("/api/summary"))
                .isEqualTo(
                        JSON.readTree(
                                """
                                {"asOf": 1772357580000,
                                 "minutes": [
                                   {"start": 1772357400000, "channels": {"voice": 2, "web": 12}},
                                   {"start": 1772357460000, "channels": {"mobile": 5, "web": 7}},
                                   {"start": 1772357580000, "channels": {"web": 9}}],
                                 "painPoints": {"detected": 2, "open": 1, "retracted": 1},
                                 "decisions": {"offered": 1, "suppressed": 1},
                                 "customers": 1}
                                """));
    }

    @Test
    void theSummaryLooksBackOneHourFromTheNewestMinute() throws Exception {
        json("/api/summary");

        JsonNode minutes = request("minutes");
        assertThat(minutes.get("query"))
                .isEqualTo(
                        JSON.readTree(
                                """
                                {"bool": {"filter": [
                                  {"term": {"name": "events"}},
                                  {"range": {"start":
                                    {"gte": 1772354040000, "format": "epoch_millis"}}}]}}
                                """));
    }

    private JsonNode request(String aggregation) {
        return elasticsearch.requests().stream()
                .map(RecordedElasticsearch.Request::body)
                .filter(body -> body.path("aggs").has(aggregation))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void painPointsAreCountedByDefinitionAndStatus() throws Exception {
        JsonNode view = json("/api/pain-points");

        assertThat(view.get("total").asLong()).isEqualTo(4);
        assertThat(view.get("definitions"))
                .isEqualTo(
                        JSON.readTree(
                                """
                                [{"pattern": "cart-abandonment",
                                  "status": {"detected": 1, "open": 1, "retracted": 1}},
                                 {"pattern": "checkout-hesitation", "status": {"detected": 1}}]
                                """));
        assertThat(view.get("latest").findValuesAsText("id"))
                .containsExactly("p1", "p0", "p3", "p2");
    }

    @Test
    void whatWasDetectedIsCountedByDefinitionAndStepOfThePeriodUpToTheNewestOne() throws Exception {
        assertThat(json("/api/pain-points/over-time?range=24h"))
                .isEqualTo(
                        JSON.readTree(
                                """
                                {"step": 1800000, "start": 1772272800000, "end": 1772359200000,
                                 "definitions": [
                                   {"pattern": "cart-abandonment", "severity": "high",
                                    "status": {"detected": 1, "open": 1, "retracted": 1},
                                    "counts": [{"start": 1772357400000, "count": 1}]},
                                   {"pattern": "checkout-hesitation", "severity": "medium",
                                    "status": {"detected": 1},
                                    "counts": [{"start": 1772357400000, "count": 1}]}]}
                                """));
    }

    @ParameterizedTest
    @CsvSource({"1h, 1772353920000, 1m", "24h, 1772272800000, 30m", "7d, 1771761600000, 3h"})
    void eachPeriodHasItsStepsAndItsStart(String range, long start, String interval)
            throws Exception {
        json("/api/pain-points/over-time?range=" + range);

        JsonNode period = request("definitions").at("/aggs/definitions/aggs/period");
        assertThat(period.at("/filter/bool/filter/1/range/detectedAt/gte").asLong())
                .isEqualTo(start);
        assertThat(period.at("/aggs/steps/date_histogram/fixed_interval").asText())
                .isEqualTo(interval);
    }

    @Test
    void anUnknownPeriodIsRefused() throws Exception {
        HttpResponse<String> response = get("/api/pain-points/over-time?range=1y");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).isEqualTo("{\"error\":\"range must be one of [1h, 24h, 7d]\"}");
        assertThat(elasticsearch.requests()).isEmpty();
    }

    @Test
    void decisionsCarryTheirReasons() throws Exception {
        JsonNode view = json("/api/decisions");

        assertThat(view.get("reasons"))
                .isEqualTo(JSON.readTree("{\"cooldown\": 1, \"offered\": 1}"));
        assertThat(view.get("latest").findValuesAsText("reason"))
                .containsExactly("offered", "cooldown");
    }

    @Test
    void aCustomerIsFoundByAnyIdentifierWithStageTouchpointsPainPointsAndDecisions()
            throws Exception {
        JsonNode view = json("/api/customers/email%3Aaaaa");

        assertThat(view.at("/customer/id").asText()).isEqualTo(CUSTOMER);
        assertThat(view.at("/customer/journeys/0/stage").asText()).isEqualTo("checkout");
        assertThat(view.at("/customer/touchpoints")).hasSize(1);
        assertThat(view.get("painPoints").findValuesAsText("id")).containsExactly("p1", "p0", "p2");
        assertThat(view.get("decisions").findValuesAsText("status")).containsExactly("offered");
        assertThat(elasticsearch.requests().get(1).body().get("query"))
                .isEqualTo(JSON.readTree("{\"term\": {\"customer\": \"" + CUSTOMER + "\"}}"));
    }

    @Test
    void anUnknownCustomerIsNotFound() throws Exception {
        HttpResponse<String> response = get("/api/customers/user_id%3A1");

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body()).isEqualTo("{\"error\":\"no customer has this id\"}");
    }

    @Test
    void anIdReachesElasticsearchAsAValueAndNeverAsQueryOrPath() throws Exception {
        get("/api/customers/%22%7D%7D..%2F_all%3Fq=*");

        assertThat(elasticsearch.requests())
                .containsExactly(
                        new RecordedElasticsearch.Request(
                                "/tributary-customers/_search"
                                        + "?ignore_unavailable=true&allow_no_indices=true",
                                JSON.readTree(
                                        """
                                        {"size": 1, "track_total_hits": true,
                                         "query": {"bool": {"should": [
                                           {"ids": {"values": ["\\"}}../_all?q=*"]}},
                                           {"term": {"identifiers": "\\"}}../_all?q=*"}}],
                                           "minimum_should_match": 1}}}
                                        """)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "summary",
                "pain-points",
                "pain-points/over-time",
                "decisions",
                "customers/x"
            })
    void whenElasticsearchIsAwayEveryViewSaysSo(String view) throws Exception {
        elasticsearch.close();

        HttpResponse<String> response = get("/api/" + view);

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(JSON.readTree(response.body()).get("error").asText())
                .startsWith("Elasticsearch at " + elasticsearch.url() + " does not answer");
    }

    @Test
    void aRefusalOfElasticsearchIsToldAndNotShownAsEmpty() throws Exception {
        elasticsearch.answerWith(429);

        HttpResponse<String> response = get("/api/decisions");

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.body())
                .isEqualTo(
                        "{\"error\":\"Elasticsearch at " + elasticsearch.url() + " answers 429\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/app.js", "/style.css", "/icon.svg", "/api/decisions", "/none"})
    void everyAnswerForbidsForeignAndInlineScripts(String path) throws Exception {
        HttpResponse<String> response = get(path);

        assertThat(response.headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(
                        policy ->
                                assertThat(policy)
                                        .contains("default-src 'none'", "script-src 'self'")
                                        .doesNotContain("unsafe", "http:", "https:", "*"));
        assertThat(response.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    }

    @Test
    void thePageIsServedWithItsModules() throws Exception {
        assertThat(get("/").body()).contains("<title>Tributary</title>");
        for (String module :
                List.of(
                        "app",
                        "api",
                        "chart",
                        "customer",
                        "dom",
                        "format",
                        "over-time",
                        "tables",
                        "timeline")) {
            HttpResponse<String> response = get("/" + module + ".js");
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("Content-Type"))
                    .hasValueSatisfying(type -> assertThat(type).contains("javascript"));
        }
    }

    @Test
    void aForeignHostNameIsNotServed() throws Exception {
        assertThat(statusFor("evil.example")).contains(" 403 ");
        assertThat(statusFor("localhost:" + server.port())).contains(" 200 ");
    }

    /** By hand, because Java's client does not let a caller choose the host header. */
    private String statusFor(String host) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            String request =
                    "GET /api/decisions HTTP/1.1\r\nHost: "
                            + host
                            + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            String response =
                    new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return response.lines().findFirst().orElse("");
        }
    }

    private JsonNode json(String path) throws Exception {
        HttpResponse<String> response = get(path);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
        return JSON.readTree(response.body());
    }

    private HttpResponse<String> get(String path) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + server.port() + path);
        return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }
}
