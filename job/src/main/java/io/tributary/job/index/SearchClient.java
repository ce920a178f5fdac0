package io.tributary.job.index;

import io.tributary.job.config.ConfigException;
import io.tributary.job.config.JobConfig;
import io.tributary.job.config.TributaryOptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Plain HTTP to Elasticsearch or OpenSearch; nothing in it depends on which of the two answers.
 * Nodes are asked in turn.
 */
final class SearchClient {

    /** Status and body. */
    @SuppressWarnings("ArrayRecordComponent")
    record Answer(int status, byte[] body) {

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    private final HttpClient http;
    private final List<URI> nodes;
    private final Optional<String> authorization;
    private final Duration timeout;
    private final AtomicInteger turn = new AtomicInteger();

    /**
     * @throws ConfigException if addresses, credentials or certificates cannot be used
     */
    SearchClient(JobConfig config) {
        nodes = nodes(config.get(TributaryOptions.ELASTICSEARCH_URLS));
        authorization = authorization(config);
        timeout = config.get(TributaryOptions.ELASTICSEARCH_REQUEST_TIMEOUT);
        HttpClient.Builder builder =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(timeout);
        config.find(TributaryOptions.ELASTICSEARCH_CA_CERTIFICATE)
                .ifPresent(file -> builder.sslContext(TrustedCertificates.sslContext(file)));
        http = builder.build();
    }

    /**
     * Sends a request and fails after the timeout, also when the answer has begun and hangs.
     *
     * @param path with a leading slash
     */
    CompletableFuture<Answer> send(String method, String path, String contentType, byte[] body) {
        URI node = nodes.get(Math.floorMod(turn.getAndIncrement(), nodes.size()));
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(node + path))
                        .timeout(timeout)
                        .header("Content-Type", contentType)
                        .method(method, HttpRequest.BodyPublishers.ofByteArray(body));
        authorization.ifPresent(value -> request.header("Authorization", value));
        CompletableFuture<HttpResponse<byte[]>> exchange =
                http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        // the request's own timeout ends with the headers; copy() leaves the exchange cancellable
        CompletableFuture<HttpResponse<byte[]>> bounded =
                exchange.copy().orTimeout(timeout.toMillis() * 2, TimeUnit.MILLISECONDS);
        return bounded.handle(
                (response, failure) -> {
                    if (failure != null) {
                        exchange.cancel(true);
                        throw new CompletionException(cause(failure));
                    }
                    return new Answer(response.statusCode(), response.body());
                });
    }

    private static Throwable cause(Throwable failure) {
        Throwable cause = failure.getCause();
        return failure instanceof CompletionException && cause != null ? cause : failure;
    }

    private static List<URI> nodes(String urls) {
        try {
            List<URI> nodes =
                    Stream.of(urls.split(","))
                            .map(url -> URI.create(url.strip().replaceAll("/+$", "")))
                            .toList();
            for (URI node : nodes) {
                if (node.getHost() == null
                        || !List.of("http", "https").contains(node.getScheme())) {
                    throw new IllegalArgumentException(String.valueOf(node));
                }
            }
            return nodes;
        } catch (IllegalArgumentException e) {
            throw new ConfigException(
                    "'"
                            + urls
                            + "' is no value for '"
                            + TributaryOptions.ELASTICSEARCH_URLS.key()
                            + "': expected http(s)://host:port, separated by commas",
                    e);
        }
    }

    private static Optional<String> authorization(JobConfig config) {
        Optional<String> apiKey =
                config.secret(
                        TributaryOptions.ELASTICSEARCH_API_KEY,
                        TributaryOptions.ELASTICSEARCH_API_KEY_FILE);
        Optional<String> user = config.find(TributaryOptions.ELASTICSEARCH_USERNAME);
        if (apiKey.isPresent() && user.isPresent()) {
            throw new ConfigException("set an API key or a user name for Elasticsearch, not both");
        }
        return apiKey.map(key -> "ApiKey " + key)
                .or(() -> user.map(name -> "Basic " + credentials(name, config)));
    }

    private static String credentials(String user, JobConfig config) {
        String password =
                config.secret(
                                TributaryOptions.ELASTICSEARCH_PASSWORD,
                                TributaryOptions.ELASTICSEARCH_PASSWORD_FILE)
                        .orElseThrow(
                                () ->
                                        new ConfigException(
                                                "elasticsearch.username has no password"));
        return Base64.getEncoder()
                .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }
}
