package io.tributary.job.backtest;

import io.tributary.event.CustomerEvent;
import io.tributary.ingest.Decoder;
import io.tributary.ingest.Ingested;
import io.tributary.ingest.RawRecord;
import io.tributary.ingest.Rejected;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads the input once before the run: when it ends, and what is in it. */
final class FileScan {

    private long lines;
    private long events;
    private long afterEnd;
    private long late;
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;
    private final Map<String, Long> rejectedByReason = new TreeMap<>();

    private final long until;

    /**
     * @param until events after it, in epoch milliseconds, are counted apart
     */
    FileScan(long until) {
        this.until = until;
    }

    void read(List<Path> files, Decoder decoder) throws IOException {
        for (Path file : files) {
            try (LineReader reader = new LineReader(file.toString(), Files.newInputStream(file))) {
                for (byte[] line = reader.next(); line != null; line = reader.next()) {
                    if (line.length > 0) {
                        lines++;
                        decoder.decode(
                                RawRecord.line(file.toString(), reader.line(), line), this::count);
                    }
                }
            }
        }
    }

    private void count(Ingested ingested) {
        CustomerEvent event = ingested.event();
        Rejected rejected = ingested.rejected();
        if (rejected != null) {
            if (ingested.isLate()) {
                late++;
            } else {
                rejectedByReason.merge(rejected.reason().word(), 1L, Long::sum);
            }
        } else if (event != null && event.time() > until) {
            afterEnd++;
        } else if (event != null) {
            events++;
            first = Math.min(first, event.time());
            last = Math.max(last, event.time());
        }
    }

    /** Lines that were not empty. */
    long lines() {
        return lines;
    }

    /** Events up to the end, duplicates counted each time. */
    long events() {
        return events;
    }

    long afterEnd() {
        return afterEnd;
    }

    long late() {
        return late;
    }

    Map<String, Long> rejectedByReason() {
        return rejectedByReason;
    }

    boolean hasEvents() {
        return events > 0;
    }

    /** Time of the earliest event, epoch milliseconds. */
    long first() {
        return first;
    }

    /** Time of the latest event that is not after the end, epoch milliseconds. */
    long last() {
        return last;
    }
}
