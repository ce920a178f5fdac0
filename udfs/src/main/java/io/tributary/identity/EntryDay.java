package io.tributary.identity;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What was said about an identifier on one day.
 *
 * @param full more than are kept; then none are
 * @param entries in {@link Entry#ORDER}, each once
 */
public record EntryDay(boolean full, List<Entry> entries) {

    static final EntryDay NONE = new EntryDay(false, List.of());

    /** The same object if the entry is not new. */
    EntryDay with(Entry entry, int limit) {
        if (full) {
            return this;
        }
        int at = Collections.binarySearch(entries, entry, Entry.ORDER);
        if (at >= 0) {
            return this;
        }
        if (entries.size() >= limit) {
            return new EntryDay(true, List.of());
        }
        List<Entry> more = new ArrayList<>(entries.size() + 1);
        more.addAll(entries);
        more.add(-at - 1, entry);
        return new EntryDay(false, more);
    }
}
