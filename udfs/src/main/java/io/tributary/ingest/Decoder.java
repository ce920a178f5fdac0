package io.tributary.ingest;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Turns the records of one source into events. It sees the whole record, key and headers included,
 * so a binary format (Avro with a registry, Snowplow's TSV) is one more implementation.
 *
 * <p>A decoder never throws for anything a record may hold. Every record yields at least one
 * result, a batch one for each of its parts. One instance serves one thread.
 */
public interface Decoder {

    /** Hands over each result, in the order of the record. */
    void decode(RawRecord record, Consumer<Ingested> out);

    default List<Ingested> decode(RawRecord record) {
        List<Ingested> all = new ArrayList<>();
        decode(record, all::add);
        return all;
    }
}
