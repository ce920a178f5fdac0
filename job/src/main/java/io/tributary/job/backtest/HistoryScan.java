package io.tributary.job.backtest;

import io.tributary.event.CustomerEvent;
import io.tributary.ingest.Ingested;
import io.tributary.ingest.Rejected;
import java.util.Map;
import java.util.TreeMap;

/** What is in the input, read once before the run, and when it ends. */
final class HistoryScan {

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
    HistoryScan(long until) {
        this.until = until;
    }

    /** A line of a file or a record of a topic, before what was decoded from it. */
    void record() {
        lines++;
    }

    /** Something that was decoded. */
    void add(Ingested ingested) {
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

    /** Lines of files that were not empty, or records of topics. */
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
