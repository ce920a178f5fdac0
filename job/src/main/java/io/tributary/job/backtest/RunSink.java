package io.tributary.job.backtest;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/** Writes sorted runs for {@link SortedRuns#merge}, named after the file they will be. */
final class RunSink<T> implements Sink<T> {

    private static final long serialVersionUID = 1L;

    /** Forms the lines. */
    interface Form<T> extends Serializable {
        RunLine line(T element);
    }

    private final String folder;
    private final Form<T> form;

    RunSink(Path folder, Form<T> form) {
        this.folder = folder.toString();
        this.form = form;
    }

    @Override
    public SinkWriter<T> createWriter(WriterInitContext context) {
        return new RunWriter<>(
                Path.of(folder), form, context.getTaskInfo().getIndexOfThisSubtask());
    }

    /** Name of the runs of a file. */
    static String stem(String file) {
        return file + "-";
    }

    private static final class RunWriter<T> implements SinkWriter<T> {
        private final Path folder;
        private final Form<T> form;
        private final int subtask;
        private final Map<String, SortedRuns.Writer> writers = new HashMap<>();

        RunWriter(Path folder, Form<T> form, int subtask) {
            this.folder = folder;
            this.form = form;
            this.subtask = subtask;
        }

        @Override
        public void write(T element, Context context) throws IOException {
            RunLine line = form.line(element);
            writers.computeIfAbsent(
                            line.file(),
                            file -> new SortedRuns.Writer(folder, stem(file) + subtask))
                    .add(line.key(), line.bytes());
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
}
