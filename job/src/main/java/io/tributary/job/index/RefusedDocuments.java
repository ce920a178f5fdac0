package io.tributary.job.index;

import io.tributary.job.config.JobConfig;
import io.tributary.job.config.TributaryOptions;
import io.tributary.job.connectors.Output;
import io.tributary.job.connectors.OutputRecord;
import io.tributary.job.connectors.OutputSerializer;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where documents go that the index will not take: the rejected topic. A document counts as dealt
 * with only when Kafka has it; until then it is tried again, and its bulk request stays open. After
 * a failure of the job it may be there twice.
 */
final class RefusedDocuments implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RefusedDocuments.class);

    /** Value of the header {@code reason}. */
    static final String REASON = "index_refused";

    private static final int LONGEST_DETAIL = 1000;

    private final KafkaProducer<byte[], byte[]> producer;
    private final OutputSerializer serializer;
    private final Backoff backoff;
    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(
                    task -> {
                        Thread daemon = new Thread(task, "refused-documents");
                        daemon.setDaemon(true);
                        return daemon;
                    });

    RefusedDocuments(JobConfig config) {
        Properties client = config.kafkaClient();
        client.put(ProducerConfig.ACKS_CONFIG, "all");
        client.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
        producer =
                new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer());
        serializer = new OutputSerializer(config.get(TributaryOptions.TOPICS_PREFIX));
        backoff =
                new Backoff(
                        config.get(TributaryOptions.ELASTICSEARCH_BACKOFF_INITIAL),
                        config.get(TributaryOptions.ELASTICSEARCH_BACKOFF_MAX));
    }

    /** Completes when Kafka has the document; fails only once this is closed. */
    CompletableFuture<Void> write(IndexRequest request, String detail) {
        CompletableFuture<Void> written = new CompletableFuture<>();
        send(serializer.producerRecord(rejected(request, detail)), written, thread);
        return written;
    }

    /** {@code send} itself may block for metadata, so it has a thread of its own. */
    private void send(
            ProducerRecord<byte[], byte[]> record,
            CompletableFuture<Void> written,
            Executor executor) {
        executor.execute(
                () -> {
                    try {
                        producer.send(record).get();
                        backoff.reset();
                        written.complete(null);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        written.completeExceptionally(e);
                    } catch (Exception e) {
                        if (thread.isShutdown()) {
                            written.completeExceptionally(e);
                        } else {
                            Duration wait = backoff.next();
                            LOG.warn("A refused document waits {} for Kafka", wait, e);
                            send(record, written, later(wait));
                        }
                    }
                });
    }

    private Executor later(Duration wait) {
        return CompletableFuture.delayedExecutor(wait.toMillis(), TimeUnit.MILLISECONDS, thread);
    }

    private static OutputRecord rejected(IndexRequest request, String detail) {
        byte[] document = request.document();
        Map<String, String> headers = new TreeMap<>();
        headers.put("reason", REASON);
        headers.put("detail", detail.substring(0, Math.min(detail.length(), LONGEST_DETAIL)));
        headers.put("source", "index");
        headers.put("origin", request.origin());
        headers.put("partition", Integer.toString(request.partition()));
        headers.put("position", Long.toString(request.position()));
        headers.put("index", request.index());
        headers.put("id", request.id());
        headers.put("revision", Long.toString(request.version()));
        return new OutputRecord(
                Output.REJECTED,
                request.origin() + "/" + request.partition() + "/" + request.position(),
                document == null ? new byte[0] : document,
                request.written(),
                0,
                headers);
    }

    @Override
    public void close() {
        thread.shutdownNow();
        producer.close(Duration.ofSeconds(5));
    }
}
