package io.tributary.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Searches, over plain HTTP, so that OpenSearch answers as well. */
final class Elasticsearch {

    static final String PAIN_POINTS = "pain-points";
    static final String DECISIONS = "interventions";
    static final String METRICS = "metrics";
    static final String CUSTOMERS = "customers";

    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration ANSWER = Duration.ofSeconds(10);

    /** No answer that could be used. */
    static final class Unavailable extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Unavailable(String message) {
            super(message);
        }
    }

    private final HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT).build();
    private final ObjectMapper json = new ObjectMapper();
    private final String url;
    private final String prefix;

    /**
     * @param url such as {@code http://127.0.0.1:9200}
     * @param prefix of the aliases that are read, such as {@code tributary-}
     */
    Elasticsearch(URI url, String prefix) {
        this.url = url.toString().replaceAll("/+$", "");
        this.prefix = prefix;
    }

    /**
     * What a {@code _search} answers; an alias that does not exist yet has no hits.
     *
     * @throws Unavailable if there is no answer, or one that says no
     */
    JsonNode search(String alias, JsonNode body) {
        String address =
                url
                        + "/"
                        + prefix
                        + alias
                        + "/_search?ignore_unavailable=true&allow_no_indices=true";
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(address))
                        .timeout(ANSWER)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                        .build();
        try {
            HttpResponse<byte[]> response =
                    http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            if (response.statusCode() != 200) {
                throw new Unavailable(
                        "Elasticsearch at " + url + " answers " + response.statusCode());
            }
            return json.readTree(response.body());
        } catch (IOException e) {
            throw new Unavailable("Elasticsearch at " + url + " does not answer: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unavailable("interrupted while Elasticsearch was asked");
        }
    }

    /** The documents of an answer, best first. */
    static List<JsonNode> documents(JsonNode answer) {
        List<JsonNode> documents = new ArrayList<>();
        answer.path("hits").path("hits").forEach(hit -> documents.add(hit.path("_source")));
        return documents;
    }

    static long total(JsonNode answer) {
        return answer.path("hits").path("total").path("value").asLong();
    }

    /** The buckets of the aggregation {@code name}; none if the index is empty. */
    static JsonNode buckets(JsonNode parent, String name) {
        return parent.path(name).path("buckets");
    }
}
