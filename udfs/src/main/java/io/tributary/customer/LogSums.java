package io.tributary.customer;

import io.tributary.customer.LogChunk.Delta;
import io.tributary.journey.LogEntry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What assignments add up to, in any order. */
final class LogSums {

    private LogSums() {}

    /** By event id. */
    static Map<String, LogEntry> of(List<Delta> deltas) {
        Map<String, LogEntry> entries = new HashMap<>();
        for (Delta delta : deltas) {
            entries.merge(
                    delta.event().id(),
                    LogEntry.ABSENT.with(delta.event(), delta.path(), delta.sign()),
                    (entry, one) -> entry.with(delta.event(), delta.path(), delta.sign()));
        }
        return entries;
    }

    /** An entry and what some assignments add to it. */
    static LogEntry with(LogEntry before, String id, List<Delta> deltas) {
        LogEntry entry = before;
        for (Delta delta : deltas) {
            if (delta.event().id().equals(id)) {
                entry = entry.with(delta.event(), delta.path(), delta.sign());
            }
        }
        return entry;
    }
}
