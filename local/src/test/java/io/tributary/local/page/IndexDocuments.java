package io.tributary.local.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.event.CanonicalJson;
import io.tributary.job.connectors.Output;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What an Elasticsearch holds behind the aliases that the page reads. */
public final class IndexDocuments {

    private static final int PAGE = 10_000;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String url;
    private final String prefix;

    public IndexDocuments(String url, String prefix) {
        this.url = url;
        this.prefix = prefix;
    }

    String alias(Output output) {
        return prefix + output.topic();
    }

    /** Every document behind an alias. */
    List<JsonNode> of(Output output) throws IOException, InterruptedException {
        List<JsonNode> documents = new ArrayList<>();
        String first = "/" + alias(output) + "/_search?scroll=1m&size=" + PAGE;
        JsonNode answer = send("POST", first, "");
        while (!answer.at("/hits/hits").isEmpty()) {
            answer.at("/hits/hits").forEach(hit -> documents.add(hit.path("_source")));
            ObjectNode next = CanonicalJson.object().put("scroll", "1m");
            next.put("scroll_id", answer.path("_scroll_id").asText());
            answer = send("POST", "/_search/scroll", CanonicalJson.string(next));
        }
        return documents;
    }

    JsonNode send(String method, String path, String body)
            throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(url + path))
                        .header("Content-Type", "application/json")
                        .method(
                                method,
                                body.isEmpty()
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofString(body))
                        .build();
        HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        if (response.statusCode() >= 300) {
            throw new IOException(
                    path + ": " + new String(response.body(), StandardCharsets.UTF_8));
        }
        return CanonicalJson.parse(response.body());
    }
}
