package io.tributary.job.index;

import io.tributary.job.config.JobConfig;
import io.tributary.job.config.TributaryOptions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.connector.base.sink.writer.AsyncSinkWriter;
import org.apache.flink.connector.base.sink.writer.BufferedRequestState;
import org.apache.flink.connector.base.sink.writer.ResultHandler;
import org.apache.flink.connector.base.sink.writer.config.AsyncSinkWriterConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes documents in bulk. A request is over when each of its documents is stored, goes back into
 * the buffer, or is in the rejected topic; while the cluster cannot take any, requests end only
 * after a wait, the buffer fills and reading stops.
 */
final class IndexWriter extends AsyncSinkWriter<IndexRequest, IndexRequest> {

    private static final Logger LOG = LoggerFactory.getLogger(IndexWriter.class);

    /** A document refused this often goes to the rejected topic. */
    static final int MOST_REFUSALS = 3;

    /** The writer ends its requests itself; Flink's timer would send them twice. */
    private static final Duration NO_TIMEOUT = Duration.ofDays(365);

    private final SearchClient client;
    private final RefusedDocuments refusedDocuments;
    private final IndexMetrics metrics;
    private final Backoff backoff;
    private final Clock clock = Clock.systemUTC();
    private final long mostBytes;

    IndexWriter(
            WriterInitContext context,
            JobConfig config,
            SearchClient client,
            RefusedDocuments refusedDocuments,
            Collection<BufferedRequestState<IndexRequest>> restored) {
        super((request, ignored) -> request, context, limits(config), capped(restored, config));
        this.client = client;
        this.refusedDocuments = refusedDocuments;
        this.metrics = new IndexMetrics(context.metricGroup(), clock);
        this.mostBytes = config.get(TributaryOptions.ELASTICSEARCH_BATCH_BYTES).getBytes();
        this.backoff =
                new Backoff(
                        config.get(TributaryOptions.ELASTICSEARCH_BACKOFF_INITIAL),
                        config.get(TributaryOptions.ELASTICSEARCH_BACKOFF_MAX));
    }

    private static AsyncSinkWriterConfiguration limits(JobConfig config) {
        int records = config.get(TributaryOptions.ELASTICSEARCH_BATCH_RECORDS);
        long bytes = config.get(TributaryOptions.ELASTICSEARCH_BATCH_BYTES).getBytes();
        int inFlight = config.get(TributaryOptions.ELASTICSEARCH_REQUESTS_IN_FLIGHT);
        return AsyncSinkWriterConfiguration.builder()
                .setMaxBatchSize(records)
                .setMaxBatchSizeInBytes(bytes)
                .setMaxInFlightRequests(inFlight)
                .setMaxBufferedRequests(config.get(TributaryOptions.ELASTICSEARCH_BUFFER_RECORDS))
                .setMaxTimeInBufferMS(config.get(TributaryOptions.ELASTICSEARCH_LINGER).toMillis())
                .setMaxRecordSizeInBytes(bytes)
                .setRateLimitingStrategy(new InFlightLimit(inFlight, records))
                .setRequestTimeoutMS(NO_TIMEOUT.toMillis())
                .setFailOnTimeout(false)
                .build();
    }

    /** A batch limit may be lower than it was when the state was written. */
    private static List<BufferedRequestState<IndexRequest>> capped(
            Collection<BufferedRequestState<IndexRequest>> restored, JobConfig config) {
        long bytes = config.get(TributaryOptions.ELASTICSEARCH_BATCH_BYTES).getBytes();
        return restored.stream().map(state -> StateSizes.capped(state, bytes)).toList();
    }

    /** At most a whole batch: a larger document is sent alone instead of failing the job. */
    @Override
    protected long getSizeInBytes(IndexRequest request) {
        return Math.min(request.size(), mostBytes);
    }

    @Override
    protected void submitRequestEntries(
            List<IndexRequest> requests, ResultHandler<IndexRequest> handler) {
        List<IndexRequest> sent = requests.stream().filter(r -> r.problem() == null).toList();
        List<CompletableFuture<Void>> unreadable =
                requests.stream()
                        .filter(r -> r.problem() != null)
                        .map(r -> reject(r, String.valueOf(r.problem())))
                        .toList();
        var ignored =
                bulk(sent)
                        .thenCompose(answer -> settle(answer, unreadable))
                        .whenComplete(
                                (again, failure) -> {
                                    if (failure != null) {
                                        handler.completeExceptionally(new Exception(failure));
                                    } else if (again.isEmpty()) {
                                        handler.complete();
                                    } else {
                                        handler.retryForEntries(again);
                                    }
                                });
    }

    private CompletableFuture<BulkAnswer> bulk(List<IndexRequest> requests) {
        if (requests.isEmpty()) {
            return CompletableFuture.completedFuture(BulkAnswer.allBusy(requests, ""));
        }
        long start = clock.millis();
        long oldest = requests.stream().mapToLong(IndexRequest::written).min().orElse(start);
        metrics.sent(oldest);
        return client.send(
                        "POST",
                        "/_bulk?filter_path=items.*.status,items.*.error",
                        "application/x-ndjson",
                        BulkRequest.body(requests))
                .handle(
                        (answer, failure) -> {
                            BulkAnswer read =
                                    failure == null
                                            ? BulkAnswer.read(
                                                    requests, answer.status(), answer.body())
                                            : BulkAnswer.allBusy(
                                                    requests, String.valueOf(failure.getCause()));
                            metrics.answered(read, clock.millis() - start, oldest);
                            boolean spoilt =
                                    failure == null
                                            && BulkAnswer.Meaning.ofRequest(answer.status())
                                                    == BulkAnswer.Meaning.REFUSED;
                            return spoilt && requests.size() > 1
                                    ? oneByOne(requests)
                                    : CompletableFuture.completedFuture(read);
                        })
                .thenCompose(answer -> answer);
    }

    /** A request that was refused as a whole may hold one document that spoils it. */
    private CompletableFuture<BulkAnswer> oneByOne(List<IndexRequest> requests) {
        CompletableFuture<BulkAnswer> all =
                CompletableFuture.completedFuture(BulkAnswer.allBusy(List.of(), ""));
        for (IndexRequest request : requests) {
            all = all.thenCompose(sum -> bulk(List.of(request)).thenApply(sum::and));
        }
        return all;
    }

    /** What has to be sent again, after whatever wait it takes. */
    private CompletableFuture<List<IndexRequest>> settle(
            BulkAnswer answer, List<CompletableFuture<Void>> unreadable) {
        List<IndexRequest> again = new ArrayList<>(answer.busy());
        List<CompletableFuture<Void>> rejected = new ArrayList<>(unreadable);
        for (BulkAnswer.Refusal refusal : answer.refused()) {
            IndexRequest next = refusal.request().refusedOnceMore();
            if (next.refusals() < MOST_REFUSALS) {
                again.add(next);
            } else {
                rejected.add(reject(next, refusal.reason()));
            }
        }
        CompletableFuture<Void> inTopic =
                CompletableFuture.allOf(rejected.toArray(CompletableFuture[]::new));
        if (answer.busy().isEmpty()) {
            backoff.reset();
            return inTopic.thenApply(done -> again);
        }
        Duration wait = backoff.next();
        LOG.warn(
                "{} documents wait {} for Elasticsearch: {}",
                answer.busy().size(),
                wait,
                answer.reason());
        return inTopic.thenApplyAsync(
                done -> again,
                CompletableFuture.delayedExecutor(wait.toMillis(), TimeUnit.MILLISECONDS));
    }

    private CompletableFuture<Void> reject(IndexRequest request, String reason) {
        LOG.warn("The index refuses {} in {}: {}", request.id(), request.index(), reason);
        metrics.rejected();
        return refusedDocuments.write(request, reason);
    }

    @Override
    public void close() {
        refusedDocuments.close();
        super.close();
    }
}
