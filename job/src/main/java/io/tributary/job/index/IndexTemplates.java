package io.tributary.job.index;

import io.tributary.job.config.ConfigException;
import io.tributary.job.config.JobConfig;
import io.tributary.job.config.TributaryOptions;
import io.tributary.job.connectors.Output;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the index templates of {@code deploy/elasticsearch}, with their read aliases. It waits for
 * as long as the cluster does not answer, and says why.
 */
final class IndexTemplates {

    private static final Logger LOG = LoggerFactory.getLogger(IndexTemplates.class);

    /** As the files spell it; replaced by the configured prefix. */
    private static final String DEFAULT_PREFIX = "tributary-";

    private final SearchClient client;
    private final String prefix;
    private final Backoff backoff;

    IndexTemplates(SearchClient client, JobConfig config) {
        this.client = client;
        this.prefix = config.get(TributaryOptions.ELASTICSEARCH_INDEX_PREFIX);
        this.backoff =
                new Backoff(
                        config.get(TributaryOptions.ELASTICSEARCH_BACKOFF_INITIAL),
                        config.get(TributaryOptions.ELASTICSEARCH_BACKOFF_MAX));
    }

    /**
     * Returns when every template is there.
     *
     * @throws ConfigException if the cluster refuses a template for what it says
     */
    void put() throws InterruptedException {
        for (Output output : RecordReader.INDEXED) {
            put(output.topic());
        }
    }

    private void put(String name) throws InterruptedException {
        byte[] body =
                text(name)
                        .replace("\"" + DEFAULT_PREFIX, "\"" + prefix)
                        .getBytes(StandardCharsets.UTF_8);
        String path = "/_index_template/" + prefix + name;
        while (true) {
            String reason;
            try {
                SearchClient.Answer answer =
                        client.send("PUT", path, "application/json", body).get();
                if (answer.status() == 200) {
                    backoff.reset();
                    return;
                }
                if (answer.status() == 400) {
                    throw new ConfigException("template " + name + ": " + answer.text());
                }
                reason = "status " + answer.status() + " " + answer.text();
            } catch (ExecutionException e) {
                reason = String.valueOf(e.getCause());
            }
            Duration wait = backoff.next();
            LOG.warn("Waiting for Elasticsearch, again in {}: {}", wait, reason);
            Thread.sleep(wait.toMillis());
        }
    }

    private static String text(String name) {
        try (InputStream file = IndexTemplates.class.getResourceAsStream(name + ".json")) {
            if (file == null) {
                throw new IllegalStateException("no template " + name + ".json in the jar");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
