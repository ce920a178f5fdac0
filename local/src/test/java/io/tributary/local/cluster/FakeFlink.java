package io.tributary.local.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tributary.event.CanonicalJson;
import io.tributary.job.config.JobDescription;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Answers as a JobManager does on which {@code tributary-index} runs as job {@link #OLD}: it takes
 * a jar, stops the job with a savepoint and runs {@link #NEW} from it, unless it is told otherwise.
 */
final class FakeFlink implements AutoCloseable {

    static final String OLD = "0".repeat(32);
    static final String NEW = "1".repeat(32);
    static final String SAVEPOINT = "file:/savepoints/savepoint-0";

    /**
     * A request with a body of JSON, or none.
     *
     * @param line such as {@code POST /jobs/1/stop}
     */
    record Request(String line, JsonNode body) {}

    private record Answer(int status, JsonNode body) {}

    private final HttpServer server;
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Request> requests = new ConcurrentLinkedQueue<>();

    FakeFlink() throws IOException {
        answer("GET /jobs/overview", jobs());
        answer("GET /jobs/" + OLD + "/config", config());
        answer("POST /jars/upload", object("filename", "/tmp/flink-web-upload/jar"));
        answer("POST /jars/jar/plan", CanonicalJson.object());
        answer("POST /jobs/" + OLD + "/stop", object("request-id", "request"));
        answer(
                "GET /jobs/" + OLD + "/savepoints/request",
                operation(object("location", SAVEPOINT)));
        answer("GET /jobs/" + OLD, object("state", "FINISHED"));
        answer("POST /jars/jar/run", object("jobid", NEW));
        answer("GET /jobs/" + NEW, object("state", "RUNNING"));
        answer("GET /jobs/" + NEW + "/exceptions", CanonicalJson.object());
        answer("DELETE /jars/jar", CanonicalJson.object());
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::serve);
        server.start();
    }

    private static ObjectNode jobs() {
        ObjectNode jobs = CanonicalJson.object();
        jobs.putArray("jobs")
                .addObject()
                .put("jid", OLD)
                .put("name", TributaryJob.INDEX.flinkName())
                .put("state", "RUNNING");
        return jobs;
    }

    private static ObjectNode config() {
        ObjectNode config = CanonicalJson.object();
        ObjectNode execution = config.putObject("execution-config").put("job-parallelism", 3);
        JobDescription running =
                Submission.of(TributaryJob.INDEX, Path.of("."), List.of(), null, false)
                        .description();
        execution
                .putObject("user-config")
                .put(JobDescription.OPERATORS, String.join("; ", running.operators()));
        return config;
    }

    static ObjectNode object(String key, String value) {
        return CanonicalJson.object().put(key, value);
    }

    private static ObjectNode operation(ObjectNode operation) {
        ObjectNode answer = CanonicalJson.object();
        answer.putObject("status").put("id", "COMPLETED");
        answer.set("operation", operation);
        return answer;
    }

    /** From now on this is what it says to a request. */
    void answer(String line, ObjectNode body) {
        answers.put(line, new Answer(200, body));
    }

    /** From now on it refuses a request as Flink does. */
    void refuse(String line, int status, String error) {
        ObjectNode body = CanonicalJson.object();
        body.putArray("errors").add("Internal server error.").add(error);
        answers.put(line, new Answer(status, body));
    }

    /** From now on the savepoint fails. */
    void failSavepoint(String trace) {
        ObjectNode operation = CanonicalJson.object();
        operation
                .putObject("failure-cause")
                .put("class", "java.util.concurrent.CompletionException")
                .put("stack-trace", trace);
        answer("GET /jobs/" + OLD + "/savepoints/request", operation(operation));
        answer("GET /jobs/" + OLD, object("state", "RUNNING"));
    }

    /** From now on the new job fails. */
    void failNewJob(String trace) {
        ObjectNode exceptions = CanonicalJson.object();
        exceptions
                .putObject("exceptionHistory")
                .putArray("entries")
                .addObject()
                .put("stacktrace", trace);
        answer("GET /jobs/" + NEW, object("state", "FAILED"));
        answer("GET /jobs/" + NEW + "/exceptions", exceptions);
    }

    private void serve(HttpExchange exchange) {
        try (exchange) {
            String line = exchange.getRequestMethod() + " " + exchange.getRequestURI();
            byte[] sent = exchange.getRequestBody().readAllBytes();
            boolean json = sent.length > 0 && sent[0] == '{';
            requests.add(
                    new Request(line, json ? CanonicalJson.parse(sent) : CanonicalJson.object()));
            Answer answer =
                    answers.getOrDefault(line, new Answer(404, object("errors", "no " + line)));
            byte[] body = CanonicalJson.bytes(answer.body());
            exchange.sendResponseHeaders(answer.status(), body.length);
            exchange.getResponseBody().write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** What was asked for, in order. */
    List<String> lines() {
        return requests.stream().map(Request::line).toList();
    }

    /** The bodies of all requests of a kind. */
    List<JsonNode> bodies(String line) {
        List<JsonNode> bodies = new ArrayList<>();
        requests.stream().filter(r -> r.line().equals(line)).forEach(r -> bodies.add(r.body()));
        return bodies;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
