package io.tributary.job.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.tributary.job.config.ConfigException;
import io.tributary.job.config.JobConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SearchClientTest {

    @TempDir Path folder;
    private final CountDownLatch closing = new CountDownLatch(1);
    private HttpServer server;

    @BeforeEach
    void startsAServerThatTellsWhatItWasSent() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext(
                "/",
                exchange -> {
                    String sent =
                            exchange.getRequestMethod()
                                    + " "
                                    + exchange.getRequestURI()
                                    + " "
                                    + exchange.getRequestHeaders().getFirst("Authorization")
                                    + " "
                                    + new String(exchange.getRequestBody().readAllBytes());
                    exchange.sendResponseHeaders(418, sent.length());
                    exchange.getResponseBody().write(sent.getBytes());
                    exchange.close();
                });
        server.createContext(
                "/half",
                exchange -> {
                    exchange.sendResponseHeaders(200, 100);
                    exchange.getResponseBody().write('{');
                    exchange.getResponseBody().flush();
                    await();
                });
        server.createContext("/silent", exchange -> await());
        server.start();
    }

    private void await() {
        try {
            closing.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @AfterEach
    void stopsIt() {
        closing.countDown();
        server.stop(0);
    }

    @Test
    void anApiKeyIsSent() throws Exception {
        Path file = folder.resolve("key");
        Files.writeString(file, "abc==\n");

        assertThat(ask("/_bulk", Map.of("elasticsearch.api-key", "abc==")))
                .isEqualTo("418 POST /_bulk ApiKey abc== body");
        assertThat(ask("/_bulk", Map.of("elasticsearch.api-key.file", file.toString())))
                .isEqualTo("418 POST /_bulk ApiKey abc== body");
    }

    @Test
    void aUserAndPasswordAreSent() throws Exception {
        assertThat(
                        ask(
                                "/_bulk?a=b",
                                Map.of(
                                        "elasticsearch.username", "tributary",
                                        "elasticsearch.password", "geheim")))
                .isEqualTo("418 POST /_bulk?a=b Basic dHJpYnV0YXJ5OmdlaGVpbQ== body");
    }

    @Test
    void withoutCredentialsNothingIsSent() throws Exception {
        assertThat(ask("/", Map.of())).isEqualTo("418 POST / null body");
    }

    @Test
    void aServerThatHangsBeforeOrAmidItsAnswerTimesOut() {
        assertThatThrownBy(() -> ask("/silent", Map.of()))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(java.net.http.HttpTimeoutException.class);
        assertThatThrownBy(() -> ask("/half", Map.of()))
                .isInstanceOf(ExecutionException.class)
                .hasRootCauseInstanceOf(TimeoutException.class);
    }

    @Test
    void whatCannotWorkIsRefusedBeforeTheJobStarts() {
        assertRefused(
                "set an API key or a user name for Elasticsearch, not both",
                Map.of("elasticsearch.api-key", "a", "elasticsearch.username", "b"));
        assertRefused(
                "elasticsearch.username has no password", Map.of("elasticsearch.username", "b"));
        assertRefused(
                "'search:9200' is no value for 'elasticsearch.urls': expected http(s)://host:port,"
                        + " separated by commas",
                Map.of("elasticsearch.urls", "search:9200"));
        assertRefused(
                "cannot use the certificates of /nowhere/ca.pem",
                Map.of("elasticsearch.ca-certificate", "/nowhere/ca.pem"));
    }

    private static void assertRefused(String message, Map<String, String> options) {
        assertThatThrownBy(() -> new SearchClient(JobConfig.of(options)))
                .isInstanceOf(ConfigException.class)
                .hasMessage(message);
    }

    private String ask(String path, Map<String, String> more) throws Exception {
        Map<String, String> options = new HashMap<>(more);
        options.put(
                "elasticsearch.urls", "http://127.0.0.1:" + server.getAddress().getPort() + "/");
        options.put("elasticsearch.request.timeout", "300 ms");
        SearchClient.Answer answer =
                new SearchClient(JobConfig.of(options))
                        .send("POST", path, "application/x-ndjson", "body".getBytes())
                        .get();
        return answer.status() + " " + answer.text();
    }
}
