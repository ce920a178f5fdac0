package io.tributary.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Answers searches with what Elasticsearch 8.19.21 answered to the same ones. A recording is named
 * after the alias and what is asked of it.
 */
final class RecordedElasticsearch implements AutoCloseable {

    record Request(String path, JsonNode body) {}

    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private volatile int status = 200;

    RecordedElasticsearch() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode body = JSON.readTree(exchange.getRequestBody());
            requests.add(new Request(exchange.getRequestURI().toString(), body));
            byte[] answer = status == 200 ? recording(exchange, body) : new byte[] {'{', '}'};
            exchange.sendResponseHeaders(status, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    private static byte[] recording(HttpExchange exchange, JsonNode body) throws IOException {
        String alias =
                exchange.getRequestURI()
                        .getPath()
                        .replaceFirst("^/tributary-", "")
                        .replaceFirst("/_search$", "");
        String name = alias + "-" + asked(body) + ".json";
        try (InputStream in = RecordedElasticsearch.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException("no recording " + name);
            }
            return in.readAllBytes();
        }
    }

    private static String asked(JsonNode body) {
        if (body.has("aggs")) {
            return body.get("aggs").fieldNames().next();
        }
        if (!body.has("query")) {
            return "total";
        }
        if (!body.get("query").has("bool")) {
            return "of-customer";
        }
        return body.toString().contains("email:aaaa") ? "found" : "not-found";
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** From now on every answer has this status. */
    void answerWith(int status) {
        this.status = status;
    }

    List<Request> requests() {
        return List.copyOf(requests);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
