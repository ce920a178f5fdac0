package io.tributary.job.backtest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.ingest.Decoder;
import io.tributary.ingest.Ingested;
import io.tributary.ingest.RawRecord;
import io.tributary.job.config.OperatorIds;
import io.tributary.job.connectors.DecoderSupplier;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.connector.file.src.FileSource;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Files of one event a line. */
final class FileHistory implements History {

    private static final String SOURCE = "files";

    private final List<Path> files;
    private final DecoderSupplier decoders;

    FileHistory(List<Path> files, DecoderSupplier decoders) {
        this.files = files;
        this.decoders = decoders;
    }

    @Override
    public void read(HistoryScan scan) throws IOException {
        Decoder decoder = decoders.open();
        for (Path file : files) {
            try (LineReader reader = new LineReader(file.toString(), Files.newInputStream(file))) {
                for (byte[] line = reader.next(); line != null; line = reader.next()) {
                    if (line.length > 0) {
                        scan.record();
                        decoder.decode(
                                RawRecord.line(file.toString(), reader.line(), line), scan::add);
                    }
                }
            }
        }
    }

    @Override
    public List<DataStream<Ingested>> streams(StreamExecutionEnvironment env, long until) {
        FileSource<Ingested> source =
                FileSource.forBulkFileFormat(
                                new FileFormat(decoders, names(), until),
                                files.stream()
                                        .map(file -> new org.apache.flink.core.fs.Path(uri(file)))
                                        .toArray(org.apache.flink.core.fs.Path[]::new))
                        .build();
        return List.of(
                env.fromSource(source, WatermarkStrategy.noWatermarks(), SOURCE)
                        .uid(OperatorIds.ingest(SOURCE)));
    }

    private SortedMap<String, String> names() {
        SortedMap<String, String> names = new TreeMap<>();
        files.forEach(file -> names.put(uri(file).getPath(), file.toString()));
        return names;
    }

    private static URI uri(Path file) {
        return file.toAbsolutePath().normalize().toUri();
    }

    @Override
    public void describe(ObjectNode input) {
        // the counts say all: a report does not depend on how lines are spread over files
    }

    @Override
    public String unit() {
        return "lines";
    }
}
