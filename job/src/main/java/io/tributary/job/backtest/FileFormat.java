package io.tributary.job.backtest;

import io.tributary.ingest.Decoder;
import io.tributary.ingest.Ingested;
import io.tributary.ingest.RawRecord;
import io.tributary.job.connectors.DecoderSupplier;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.reader.BulkFormat;
import org.apache.flink.connector.file.src.util.CheckpointedPosition;
import org.apache.flink.connector.file.src.util.RecordAndPosition;
import org.apache.flink.core.fs.FileSystem;
import org.jspecify.annotations.Nullable;

/**
 * Reads files of one event a line for Flink's file source. A file is read whole by one reader, so
 * line numbers are exact.
 */
final class FileFormat implements BulkFormat<Ingested, FileSourceSplit> {

    private static final long serialVersionUID = 1L;

    private static final int RECORDS_PER_BATCH = 500;

    private final DecoderSupplier decoders;
    private final TreeMap<String, String> names;
    private final long until;

    /**
     * @param names absolute path of each file to the name the user gave it, for coordinates
     * @param until events after it, in epoch milliseconds, are left out
     */
    FileFormat(DecoderSupplier decoders, SortedMap<String, String> names, long until) {
        this.decoders = decoders;
        this.names = new TreeMap<>(names);
        this.until = until;
    }

    @Override
    public Reader<Ingested> createReader(Configuration config, FileSourceSplit split)
            throws IOException {
        return new LinesOfOneFile(split, 0);
    }

    @Override
    public Reader<Ingested> restoreReader(Configuration config, FileSourceSplit split)
            throws IOException {
        long lines =
                split.getReaderPosition()
                        .map(CheckpointedPosition::getRecordsAfterOffset)
                        .orElse(0L);
        return new LinesOfOneFile(split, lines);
    }

    @Override
    public boolean isSplittable() {
        return false;
    }

    @Override
    public TypeInformation<Ingested> getProducedType() {
        return TypeInformation.of(Ingested.class);
    }

    private final class LinesOfOneFile implements Reader<Ingested> {

        private final String name;
        private final Decoder decoder;
        private final LineReader lines;
        private long delivered;
        private long skip;

        LinesOfOneFile(FileSourceSplit split, long skip) throws IOException {
            String path = split.path().getPath();
            this.name = names.getOrDefault(path, path);
            this.decoder = decoders.open();
            this.lines =
                    new LineReader(name, FileSystem.get(split.path().toUri()).open(split.path()));
            this.skip = skip;
        }

        @Override
        public @Nullable RecordIterator<Ingested> readBatch() throws IOException {
            Deque<RecordAndPosition<Ingested>> batch = new ArrayDeque<>();
            byte[] line = lines.next();
            while (line != null) {
                if (line.length > 0) {
                    decoder.decode(
                            RawRecord.line(name, lines.line(), line),
                            ingested -> add(ingested, batch));
                }
                line = batch.size() < RECORDS_PER_BATCH ? lines.next() : null;
            }
            return batch.isEmpty() ? null : new Batch(batch);
        }

        private void add(Ingested ingested, Deque<RecordAndPosition<Ingested>> batch) {
            if (ingested.event() != null && ingested.event().time() > until) {
                return;
            }
            delivered++;
            if (delivered > skip) {
                batch.add(
                        new RecordAndPosition<>(
                                ingested, CheckpointedPosition.NO_OFFSET, delivered));
            }
        }

        @Override
        public void close() throws IOException {
            lines.close();
        }
    }

    private static final class Batch implements BulkFormat.RecordIterator<Ingested> {
        private final Deque<RecordAndPosition<Ingested>> records;

        Batch(Deque<RecordAndPosition<Ingested>> records) {
            this.records = records;
        }

        @Override
        public @Nullable RecordAndPosition<Ingested> next() {
            return records.poll();
        }

        @Override
        public void releaseBatch() {}
    }
}
