package io.tributary.job.index;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * One document to write, or to delete, at one revision.
 *
 * @param index name of the index, month included
 * @param id document id
 * @param version external version: an older one never overwrites a newer one
 * @param document JSON object; null deletes
 * @param written Kafka timestamp of the record, epoch milliseconds
 * @param origin topic
 * @param refusals how often Elasticsearch has refused it so far
 * @param problem why the record cannot be indexed at all, then {@code document} is its value; null
 *     for every other
 */
@SuppressWarnings("ArrayRecordComponent")
public record IndexRequest(
        String index,
        String id,
        long version,
        byte @Nullable [] document,
        long written,
        String origin,
        int partition,
        long position,
        int refusals,
        @Nullable String problem)
        implements Serializable {

    /** The same request after one more refusal. */
    IndexRequest refusedOnceMore() {
        return new IndexRequest(
                index,
                id,
                version,
                document,
                written,
                origin,
                partition,
                position,
                refusals + 1,
                problem);
    }

    /** Approximate bytes in a bulk request. */
    long size() {
        byte[] json = document;
        return 120L + index.length() + id.length() + (json == null ? 0 : json.length);
    }
}
