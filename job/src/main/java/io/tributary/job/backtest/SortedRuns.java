package io.tributary.job.backtest;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * External merge sort of (key, line) pairs: writers spill sorted runs into a folder, one merge
 * reads them back in order of key. Memory is bounded by one run per writer.
 */
final class SortedRuns {

    /** Bytes of keys and lines that a writer holds before it spills a run. */
    static final int RUN_BYTES = 32 << 20;

    private SortedRuns() {}

    /** Collects pairs and spills them to {@code folder/stem-N.run}. */
    static final class Writer {
        private final Path folder;
        private final String stem;
        private final List<Entry> held = new ArrayList<>();
        private long heldBytes;
        private int runs;

        Writer(Path folder, String stem) {
            this.folder = folder;
            this.stem = stem;
        }

        void add(String key, byte[] line) throws IOException {
            Entry entry = new Entry(key.getBytes(StandardCharsets.UTF_8), line);
            held.add(entry);
            heldBytes += entry.key().length + line.length + 64L;
            if (heldBytes > RUN_BYTES) {
                spill();
            }
        }

        void spill() throws IOException {
            if (held.isEmpty()) {
                return;
            }
            held.sort(Entry.BY_KEY);
            Path run = folder.resolve(stem + "-" + runs + ".run");
            try (DataOutputStream out =
                    new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(run)))) {
                for (Entry entry : held) {
                    out.writeInt(entry.key().length);
                    out.write(entry.key());
                    out.writeInt(entry.line().length);
                    out.write(entry.line());
                }
            }
            runs++;
            held.clear();
            heldBytes = 0;
        }
    }

    /** Receives the lines of a merge. */
    interface LineConsumer {
        void accept(byte[] line) throws IOException;
    }

    /** Reads every run whose name starts with {@code prefix}, in order of (key, line). */
    static void merge(Path folder, String prefix, LineConsumer consumer) throws IOException {
        List<Path> runs;
        try (Stream<Path> listed = Files.list(folder)) {
            runs =
                    listed.filter(run -> String.valueOf(run.getFileName()).startsWith(prefix))
                            .sorted()
                            .toList();
        }
        PriorityQueue<Cursor> queue = new PriorityQueue<>(Comparator.comparing(Cursor::entry));
        List<Cursor> opened = new ArrayList<>();
        try {
            for (Path run : runs) {
                Cursor cursor = new Cursor(run);
                opened.add(cursor);
                if (cursor.advance()) {
                    queue.add(cursor);
                }
            }
            while (!queue.isEmpty()) {
                Cursor least = queue.remove();
                consumer.accept(least.entry().line());
                if (least.advance()) {
                    queue.add(least);
                }
            }
        } finally {
            for (Cursor cursor : opened) {
                cursor.close();
            }
        }
    }

    private record Entry(byte[] key, byte[] line) implements Comparable<Entry> {

        static final Comparator<Entry> BY_KEY =
                Comparator.comparing(Entry::key, Arrays::compareUnsigned)
                        .thenComparing(Entry::line, Arrays::compareUnsigned);

        @Override
        public int compareTo(Entry other) {
            return BY_KEY.compare(this, other);
        }
    }

    private static final class Cursor implements Closeable {
        private final DataInputStream in;
        private @Nullable Entry entry;

        Cursor(Path run) throws IOException {
            this.in = new DataInputStream(new BufferedInputStream(Files.newInputStream(run)));
        }

        Entry entry() {
            if (entry == null) {
                throw new IllegalStateException("advance first");
            }
            return entry;
        }

        boolean advance() throws IOException {
            int length;
            try {
                length = in.readInt();
            } catch (EOFException end) {
                entry = null;
                return false;
            }
            byte[] key = in.readNBytes(length);
            entry = new Entry(key, in.readNBytes(in.readInt()));
            return true;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
