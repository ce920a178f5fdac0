package io.tributary.job.backtest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.event.CanonicalJson;
import io.tributary.job.connectors.Output;
import io.tributary.job.connectors.OutputRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/** Writes sorted runs for {@link SortedRuns#merge}, named after the output they belong to. */
final class RunSink implements Sink<OutputRecord> {

    private static final long serialVersionUID = 1L;

    private final String folder;

    RunSink(Path folder) {
        this.folder = folder.toString();
    }

    @Override
    public SinkWriter<OutputRecord> createWriter(WriterInitContext context) {
        return new RunWriter(Path.of(folder), context.getTaskInfo().getIndexOfThisSubtask());
    }

    /** Name of the runs of an output. */
    static String stem(Output output) {
        return output.topic() + "-";
    }

    private static final class RunWriter implements SinkWriter<OutputRecord> {
        private final Path folder;
        private final int subtask;
        private final Map<Output, SortedRuns.Writer> writers = new EnumMap<>(Output.class);

        RunWriter(Path folder, int subtask) {
            this.folder = folder;
            this.subtask = subtask;
        }

        @Override
        public void write(OutputRecord record, Context context) throws IOException {
            writers.computeIfAbsent(
                            record.output(),
                            output -> new SortedRuns.Writer(folder, stem(output) + subtask))
                    .add(sortKey(record), line(record));
        }

        @Override
        public void flush(boolean endOfInput) throws IOException {
            if (endOfInput) {
                for (SortedRuns.Writer writer : writers.values()) {
                    writer.spill();
                }
            }
        }

        @Override
        public void close() {}
    }

    private static boolean isRefused(OutputRecord record) {
        return record.output() == Output.REJECTED || record.output() == Output.LATE;
    }

    private static String sortKey(OutputRecord record) {
        if (!isRefused(record)) {
            return record.key();
        }
        return record.headers().getOrDefault("origin", "")
                + '\u0000'
                + String.format(
                        Locale.ROOT,
                        "%019d",
                        Long.parseLong(record.headers().getOrDefault("position", "0")));
    }

    private static byte[] line(OutputRecord record) {
        byte[] value = record.value();
        if (value == null) {
            throw new IllegalArgumentException(
                    "a bounded run deletes no document: " + record.key());
        }
        if (!isRefused(record)) {
            ObjectNode document = (ObjectNode) CanonicalJson.parse(value);
            document.remove("revision");
            return CanonicalJson.bytes(document);
        }
        ObjectNode json = CanonicalJson.object();
        json.put("reason", record.headers().get("reason"));
        json.put("detail", record.headers().get("detail"));
        json.put("file", record.headers().get("origin"));
        json.put("line", Long.parseLong(record.headers().getOrDefault("position", "0")));
        json.put("payloadBase64", Base64.getEncoder().encodeToString(value));
        return CanonicalJson.bytes(json);
    }
}
