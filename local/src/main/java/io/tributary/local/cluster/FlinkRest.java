package io.tributary.local.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.event.CanonicalJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Flink's REST interface, version 1, as far as submitting and upgrading needs it.
 *
 * <p>Every method throws {@link ClusterException} if the cluster cannot be reached or refuses.
 */
final class FlinkRest {

    /** Connecting to a cluster that is there takes milliseconds. */
    private static final Duration CONNECT = Duration.ofSeconds(10);

    /** An upload, or a main method that looks at Kafka before it builds its graph. */
    private static final Duration ANSWER = Duration.ofMinutes(5);

    private static final String BOUNDARY = "tributary-9d1f1f7b0a8c4e55";

    /**
     * @param state such as RUNNING
     */
    record Job(String id, String name, String state) {}

    /**
     * @param location of the savepoint; null while it is being taken
     * @param failure why there will be none; null if that is not so
     */
    record Savepoint(@Nullable String location, @Nullable String failure) {}

    private final URI base;
    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(CONNECT)
                    .build();

    /**
     * @param url such as {@code http://127.0.0.1:8081}; a path before {@code /jobs} is kept
     */
    FlinkRest(URI url) {
        this.base = URI.create(url.toString().replaceAll("/+$", ""));
    }

    URI url() {
        return base;
    }

    List<Job> jobs() {
        List<Job> jobs = new ArrayList<>();
        for (JsonNode job : get("/jobs/overview").path("jobs")) {
            jobs.add(
                    new Job(
                            job.path("jid").asText(),
                            job.path("name").asText(),
                            job.path("state").asText()));
        }
        return jobs;
    }

    /** State and states of the tasks: vertices, tasks by state. */
    JsonNode job(String id) {
        return get("/jobs/" + id);
    }

    int freeSlots() {
        return get("/overview").path("slots-available").asInt();
    }

    int parallelism(String job) {
        return execution(job).path("job-parallelism").asInt();
    }

    /** The global job parameters. */
    Map<String, String> parameters(String job) {
        Map<String, String> parameters = new TreeMap<>();
        execution(job)
                .path("user-config")
                .properties()
                .forEach(entry -> parameters.put(entry.getKey(), entry.getValue().asText()));
        return parameters;
    }

    private JsonNode execution(String job) {
        return get("/jobs/" + job + "/config").path("execution-config");
    }

    /** The newest failure of a job, one line; null if it has not failed. */
    @Nullable String failure(String job) {
        JsonNode newest =
                get("/jobs/" + job + "/exceptions")
                        .path("exceptionHistory")
                        .path("entries")
                        .path(0)
                        .path("stacktrace");
        return newest.isTextual() ? ServerError.reason(newest.asText()) : null;
    }

    /**
     * @return the jar's id
     */
    String upload(Path jar) {
        String head =
                "--"
                        + BOUNDARY
                        + "\r\nContent-Disposition: form-data; name=\"jarfile\"; filename=\""
                        + jar.getFileName()
                        + "\"\r\nContent-Type: application/x-java-archive\r\n\r\n";
        try {
            BodyPublisher body =
                    BodyPublishers.concat(
                            BodyPublishers.ofString(head),
                            BodyPublishers.ofFile(jar),
                            BodyPublishers.ofString("\r\n--" + BOUNDARY + "--\r\n"));
            JsonNode answer =
                    send(
                            request("/jars/upload")
                                    .header(
                                            "Content-Type",
                                            "multipart/form-data; boundary=" + BOUNDARY)
                                    .POST(body));
            String file = answer.path("filename").asText();
            return file.substring(file.lastIndexOf('/') + 1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void deleteJar(String jar) {
        send(request("/jars/" + jar).DELETE());
    }

    /** Runs the main method up to its graph; nothing is started. */
    void plan(String jar, Start start) {
        post("/jars/" + jar + "/plan", start.json());
    }

    /**
     * @return the job's id
     */
    String run(String jar, Start start) {
        return post("/jars/" + jar + "/run", start.json()).path("jobid").asText();
    }

    /**
     * Begins to stop a job with a savepoint.
     *
     * @param folder for savepoints; null: the cluster's
     * @return for {@link #savepoint}
     */
    String stop(String job, @Nullable String folder, String format) {
        ObjectNode body = CanonicalJson.object();
        body.put("drain", false);
        body.put("formatType", format);
        if (folder != null) {
            body.put("targetDirectory", folder);
        }
        return post("/jobs/" + job + "/stop", body).path("request-id").asText();
    }

    Savepoint savepoint(String job, String request) {
        JsonNode operation = get("/jobs/" + job + "/savepoints/" + request).path("operation");
        JsonNode failure = operation.path("failure-cause").path("stack-trace");
        return new Savepoint(
                operation.path("location").textValue(),
                failure.isTextual() ? ServerError.reason(failure.asText()) : null);
    }

    private JsonNode get(String path) {
        return send(request(path).GET());
    }

    private JsonNode post(String path, ObjectNode body) {
        return send(
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofByteArray(CanonicalJson.bytes(body))));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path)).timeout(ANSWER);
    }

    private JsonNode send(HttpRequest.Builder request) {
        HttpResponse<byte[]> response;
        try {
            response = http.send(request.build(), BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new ClusterException("cannot reach Flink at " + base + ": " + described(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClusterException("interrupted", e);
        }
        JsonNode json;
        try {
            json = CanonicalJson.parse(response.body());
        } catch (RuntimeException e) {
            throw new ClusterException(
                    base + " answers with status " + response.statusCode() + ", but not as Flink");
        }
        if (response.statusCode() / 100 != 2) {
            throw new ClusterException(errors(json, response.body()));
        }
        return json;
    }

    private static String described(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private static String errors(JsonNode json, byte[] body) {
        List<String> errors = new ArrayList<>();
        json.path("errors").forEach(error -> errors.add(error.asText()));
        errors.remove("Internal server error.");
        return errors.isEmpty()
                ? new String(body, StandardCharsets.UTF_8)
                : errors.stream().map(ServerError::reason).collect(Collectors.joining("; "));
    }
}
