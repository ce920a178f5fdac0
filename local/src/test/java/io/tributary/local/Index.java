package io.tributary.local;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.event.CanonicalJson;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** Reads what an index holds. */
final class Index {

    /**
     * @param version external version
     * @param source canonical JSON of the document
     */
    record Document(String index, long version, String source) {}

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final String url;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    Index(String url) {
        this.url = url;
    }

    /** Every document behind an alias or index, by id; nothing if it does not exist yet. */
    Map<String, Document> documents(String alias) throws Exception {
        get("/" + alias + "/_refresh");
        Map<String, Document> byId = new TreeMap<>();
        JsonNode page = get("/" + alias + "/_search?version=true&size=10000&scroll=1m");
        while (!page.at("/hits/hits").isEmpty()) {
            page.at("/hits/hits").forEach(hit -> put(hit, byId));
            page =
                    get(
                            "/_search/scroll?scroll=1m&scroll_id="
                                    + URLEncoder.encode(
                                            page.path("_scroll_id").asText(),
                                            StandardCharsets.UTF_8));
        }
        return byId;
    }

    private static void put(JsonNode hit, Map<String, Document> byId) {
        byId.put(
                hit.path("_id").asText(),
                new Document(
                        hit.path("_index").asText(),
                        hit.path("_version").asLong(),
                        CanonicalJson.string(hit.path("_source"))));
    }

    JsonNode get(String path) throws Exception {
        return send("GET", path);
    }

    void delete(String path) throws Exception {
        send("DELETE", path);
    }

    private JsonNode send(String method, String path) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(url + path))
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .timeout(TIMEOUT)
                        .build();
        return CanonicalJson.parse(
                http.send(request, HttpResponse.BodyHandlers.ofByteArray()).body());
    }
}
