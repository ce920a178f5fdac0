package io.tributary.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.event.CanonicalJson;
import io.tributary.job.connectors.Output;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** Reads ids and revisions of what Elasticsearch holds. */
final class IndexReader {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int PAGE = 10_000;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI url;
    private final String prefix;

    /**
     * @param prefix of the aliases, such as {@code tributary-}
     */
    IndexReader(URI url, String prefix) {
        this.url = url;
        this.prefix = prefix;
    }

    /** The revision of every document, by output and id. */
    Map<Output, Map<String, Long>> revisions() throws InterruptedException {
        Map<Output, Map<String, Long>> all = new EnumMap<>(Output.class);
        for (Output output : Documents.OUTPUTS) {
            all.put(output, revisions(prefix + output.topic()));
        }
        return all;
    }

    /** Nothing for an alias that does not exist yet. */
    private Map<String, Long> revisions(String alias) throws InterruptedException {
        Map<String, Long> revisions = new TreeMap<>();
        post(alias + "/_refresh?ignore_unavailable=true", "");
        JsonNode page =
                post(
                        alias + "/_search?scroll=1m&ignore_unavailable=true",
                        "{\"size\":" + PAGE + ",\"version\":true,\"_source\":false}");
        while (!page.at("/hits/hits").isEmpty()) {
            page.at("/hits/hits")
                    .forEach(
                            hit ->
                                    revisions.put(
                                            hit.path("_id").asText(),
                                            hit.path("_version").asLong()));
            page =
                    post(
                            "_search/scroll",
                            CanonicalJson.string(
                                    CanonicalJson.object()
                                            .put("scroll", "1m")
                                            .put("scroll_id", page.path("_scroll_id").asText())));
        }
        return revisions;
    }

    private JsonNode post(String path, String body) throws InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(url.resolve("/" + path))
                        .timeout(PATIENCE)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build();
        try {
            HttpResponse<byte[]> answer =
                    http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(
                        "Elasticsearch answers " + answer.statusCode() + " to " + path);
            }
            return CanonicalJson.parse(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException("Elasticsearch does not answer", e);
        }
    }
}
