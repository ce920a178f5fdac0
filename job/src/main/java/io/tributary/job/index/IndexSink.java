package io.tributary.job.index;

import io.tributary.job.config.JobConfig;
import io.tributary.job.config.TributaryOptions;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.connector.base.sink.AsyncSinkBase;
import org.apache.flink.connector.base.sink.writer.BufferedRequestState;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** The sink into Elasticsearch or OpenSearch; what waits in its buffer is part of checkpoints. */
final class IndexSink extends AsyncSinkBase<IndexRequest, IndexRequest> {

    private static final long serialVersionUID = 1L;

    private final TreeMap<String, String> options;

    IndexSink(JobConfig config) {
        super(
                (request, context) -> request,
                config.get(TributaryOptions.ELASTICSEARCH_BATCH_RECORDS),
                config.get(TributaryOptions.ELASTICSEARCH_REQUESTS_IN_FLIGHT),
                config.get(TributaryOptions.ELASTICSEARCH_BUFFER_RECORDS),
                config.get(TributaryOptions.ELASTICSEARCH_BATCH_BYTES).getBytes(),
                config.get(TributaryOptions.ELASTICSEARCH_LINGER).toMillis(),
                config.get(TributaryOptions.ELASTICSEARCH_BATCH_BYTES).getBytes());
        options = config.options();
    }

    @Override
    public StatefulSinkWriter<IndexRequest, BufferedRequestState<IndexRequest>> createWriter(
            WriterInitContext context) {
        return restoreWriter(context, List.of());
    }

    @Override
    public StatefulSinkWriter<IndexRequest, BufferedRequestState<IndexRequest>> restoreWriter(
            WriterInitContext context, Collection<BufferedRequestState<IndexRequest>> restored) {
        JobConfig config = JobConfig.of(options);
        SearchClient client = new SearchClient(config);
        try {
            new IndexTemplates(client, config).put();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("cancelled while waiting for Elasticsearch", e);
        }
        return new IndexWriter(context, config, client, new RefusedDocuments(config), restored);
    }

    @Override
    public SimpleVersionedSerializer<BufferedRequestState<IndexRequest>>
            getWriterStateSerializer() {
        return new IndexRequestStateSerializer();
    }
}
