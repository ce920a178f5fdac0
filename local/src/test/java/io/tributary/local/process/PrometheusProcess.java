package io.tributary.local.process;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.event.CanonicalJson;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/** A Prometheus of the machine, with its data in a folder of its own. */
public final class PrometheusProcess implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String url;
    private final ServerProcess server;

    private PrometheusProcess(Path config, Path folder) {
        String address = "127.0.0.1:" + Folders.freePort();
        url = "http://" + address;
        server =
                ServerProcess.start(
                        "Prometheus",
                        new ProcessBuilder(
                                "prometheus",
                                "--config.file=" + config.toAbsolutePath(),
                                "--storage.tsdb.path=" + folder.resolve("prometheus-data"),
                                "--web.listen-address=" + address),
                        folder.resolve("prometheus.log"));
    }

    /**
     * Starts it and returns when it answers.
     *
     * @param config a {@code prometheus.yml}
     * @param folder for data and log
     */
    public static PrometheusProcess start(Path config, Path folder) throws InterruptedException {
        PrometheusProcess prometheus = new PrometheusProcess(config, folder);
        try {
            prometheus.server.awaitReady(() -> prometheus.status("/-/ready") == 200, START);
            return prometheus;
        } catch (RuntimeException | InterruptedException e) {
            prometheus.close();
            throw e;
        }
    }

    /** The result of an expression now: an array of samples, with labels and value. */
    public JsonNode query(String expression) throws IOException, InterruptedException {
        return get("/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8))
                .path("result");
    }

    /**
     * What the interface answers to a request.
     *
     * @throws IllegalStateException if that is an error
     */
    public JsonNode get(String path) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = send(path);
        JsonNode answer = CanonicalJson.parse(response.body());
        if (!answer.path("status").asText().equals("success")) {
            throw new IllegalStateException(path + " " + answer);
        }
        return answer.path("data");
    }

    private int status(String path) throws IOException, InterruptedException {
        return send(path).statusCode();
    }

    private HttpResponse<byte[]> send(String path) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create(url + path)).timeout(TIMEOUT).build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }

    @Override
    public void close() throws InterruptedException {
        server.kill();
    }
}
