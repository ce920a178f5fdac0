package io.tributary.customer;

import io.tributary.customer.LogChunk.Delta;
import io.tributary.event.CustomerEvent;
import io.tributary.identity.Assignment;
import io.tributary.identity.Hop;
import io.tributary.journey.CustomerSummary;
import io.tributary.journey.LogEntry;
import io.tributary.journey.SummaryFold;
import io.tributary.ledger.LedgerEntry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One customer's log on the heap: the newest events always, all of them and what was told when
 * asked, and what has not been stored yet.
 */
final class CustomerLog {

    /** The tail is cut to about half of this many events when it reaches them. */
    private static final int LONGEST_TAIL = 80;

    /** Where the rest of the log is. */
    interface Stored {

        /** Of a new customer. */
        Stored NOTHING =
                new Stored() {
                    @Override
                    public Iterable<LogChunk> chunks() {
                        return List.of();
                    }

                    @Override
                    public CustomerSummary base() {
                        return CustomerSummary.EMPTY;
                    }
                };

        /** Everything stored, in any order. */
        Iterable<LogChunk> chunks();

        /** Fold of the events that were trimmed from the log. */
        CustomerSummary base();
    }

    /**
     * What replaces everything stored.
     *
     * @param log empty if nothing is left
     * @param base fold of the events that are gone
     */
    record Trimmed(LogChunk log, CustomerSummary base) {}

    private final Stored stored;
    private final SummaryFold fold;
    private final IdDigests ids;
    private final List<Delta> unstored = new ArrayList<>(8);
    private final List<LedgerEntry> unstoredTold = new ArrayList<>(0);

    /** All present events later than {@link #notAfter}, sorted. */
    private List<CustomerEvent> tail = new ArrayList<>(8);

    /** Of the events of the tail. */
    private final EventPaths paths = new EventPaths();

    /** Events at or before it may be missing from the tail. */
    private long notAfter;

    /** Fold of everything that is not in the tail. */
    private CustomerSummary before;

    /** Holds instead of what is stored until it has been written. */
    private @Nullable Trimmed trimmed;

    /**
     * What {@link #before} will be when the tail is cut at {@link #nextStart}; null for not yet.
     */
    private @Nullable CustomerSummary nextBefore;

    private int nextStart;

    /**
     * @param summary fold of all that is stored
     * @param ids of everything that was assigned
     */
    CustomerLog(Stored stored, SummaryFold fold, CustomerSummary summary, IdDigests ids) {
        this.stored = stored;
        this.fold = fold;
        this.ids = ids;
        this.before = summary;
        this.notAfter = summary.updatedAt();
    }

    /** What has not been stored since it was last taken. */
    LogChunk takeUnstored() {
        if (unstored.isEmpty() && unstoredTold.isEmpty()) {
            return LogChunk.EMPTY;
        }
        LogChunk taken = new LogChunk(List.copyOf(unstored), List.copyOf(unstoredTold));
        unstored.clear();
        unstoredTold.clear();
        return taken;
    }

    /** Adds an assignment that changes what is present in no way or by {@link #append} only. */
    void add(Assignment assignment) {
        ids.add(assignment.event().id());
        unstored.add(
                new Delta(assignment.event(), paths.shared(assignment.path()), assignment.sign()));
    }

    /** A pain point was asserted. */
    void tell(LedgerEntry assertion) {
        unstoredTold.add(assertion);
    }

    /** All assertions since the last trim, and those that it left; reads what is stored. */
    List<LedgerEntry> told() {
        return whole().told();
    }

    /**
     * An event that comes after all others is present.
     *
     * @param path by which it came
     * @param earlier fold of all others
     */
    void append(CustomerEvent event, List<Hop> path, CustomerSummary earlier) {
        if (nextBefore == null
                && tail.size() >= LONGEST_TAIL / 2
                && event.time() > tail.get(tail.size() - 1).time()) {
            nextBefore = earlier;
            nextStart = tail.size();
        }
        tail.add(event);
        if (!path.isEmpty()) {
            paths.put(event.id(), path);
        }
        if (nextBefore != null && tail.size() >= LONGEST_TAIL) {
            notAfter = tail.get(nextStart - 1).time();
            before = nextBefore;
            paths.forget(tail.subList(0, nextStart));
            tail = new ArrayList<>(tail.subList(nextStart, tail.size()));
            nextBefore = null;
        }
    }

    /** Puts an event that was not present in its place. */
    void insert(CustomerEvent event, List<Hop> path) {
        explain(event, path);
        tail.add(-Collections.binarySearch(tail, event, CustomerEvent.BY_TIME_THEN_ID) - 1, event);
    }

    /** An event that is present, or about to be, came by this path. */
    void explain(CustomerEvent event, List<Hop> path) {
        cover(event.time());
        nextBefore = null;
        paths.put(event.id(), path);
    }

    /** Takes an event out that is present. */
    void remove(CustomerEvent event) {
        cover(event.time());
        nextBefore = null;
        paths.put(event.id(), List.of());
        tail.remove(Collections.binarySearch(tail, event, CustomerEvent.BY_TIME_THEN_ID));
    }

    /** All present events at or after {@code time}, and perhaps older ones; sorted. */
    List<CustomerEvent> since(long time) {
        cover(time);
        return Collections.unmodifiableList(tail);
    }

    /** All present events, sorted. */
    List<CustomerEvent> all() {
        return since(Long.MIN_VALUE);
    }

    /**
     * Fold of events up to and including {@code time}, of all but those that {@link #later} gives.
     */
    CustomerSummary earlier(long time) {
        if (before.updatedAt() > time) {
            load();
        }
        return before;
    }

    /** The events that were not in the fold last given by {@link #earlier}; sorted. */
    List<CustomerEvent> later() {
        return Collections.unmodifiableList(tail);
    }

    /** Id of the newest event of the tail; empty if there is none. */
    String lastId() {
        return tail.isEmpty() ? "" : tail.get(tail.size() - 1).id();
    }

    /** Fold of everything. */
    CustomerSummary summary() {
        return fold.fold(before, tail, paths.asMap());
    }

    /** By which events came, by event id; all of them after {@link #all}. */
    Map<String, List<Hop>> paths() {
        return paths.asMap();
    }

    CustomerSummary base() {
        return trimmed == null ? stored.base() : trimmed.base();
    }

    private Iterable<LogChunk> chunks() {
        return trimmed == null ? stored.chunks() : List.of(trimmed.log());
    }

    /** All that was ever assigned under one event id. */
    LogEntry entry(String id) {
        LogEntry entry = LogEntry.ABSENT;
        for (LogChunk chunk : chunks()) {
            entry = LogSums.with(entry, id, chunk.deltas());
        }
        return LogSums.with(entry, id, unstored);
    }

    /**
     * Forgets all but some of the present events, and of what was told all but what is remembered.
     *
     * @param kept sorted
     * @param base fold of the others
     * @return all assignments that are left
     */
    List<Delta> trim(List<CustomerEvent> kept, CustomerSummary base, Told remembered) {
        LogChunk whole = whole();
        Map<String, LogEntry> entries = LogSums.of(whole.deltas());
        List<Delta> deltas = new ArrayList<>();
        for (CustomerEvent event : kept) {
            LogEntry entry = entries.getOrDefault(event.id(), LogEntry.ABSENT);
            for (LogEntry.Variant variant : entry.variants()) {
                deltas.add(new Delta(variant.event(), variant.path(), variant.sum()));
            }
        }
        unstored.clear();
        unstoredTold.clear();
        paths.clear();
        for (CustomerEvent event : kept) {
            paths.put(event.id(), entries.getOrDefault(event.id(), LogEntry.ABSENT).path());
        }
        tail = new ArrayList<>(kept);
        before = base;
        nextBefore = null;
        notAfter = Long.MIN_VALUE;
        trimmed = new Trimmed(new LogChunk(deltas, remembered.of(whole.told())), base);
        return deltas;
    }

    /** Null if nothing was trimmed since it was last taken. */
    @Nullable Trimmed takeTrimmed() {
        Trimmed taken = trimmed;
        trimmed = null;
        return taken;
    }

    /** Reads everything, also what is not known to be there. */
    List<CustomerEvent> load() {
        List<CustomerEvent> all = present();
        tail = all;
        before = base();
        nextBefore = null;
        notAfter = Long.MIN_VALUE;
        return Collections.unmodifiableList(all);
    }

    private void cover(long time) {
        if (time <= notAfter && notAfter != Long.MIN_VALUE) {
            load();
        }
    }

    private List<CustomerEvent> present() {
        List<Delta> deltas = whole().deltas();
        List<CustomerEvent> all = new ArrayList<>(deltas.size() + 8);
        paths.clear();
        if (deltas.size() == ids.size()) {
            // as many different ids: nothing was assigned twice or taken back
            deltas.forEach(delta -> present(delta.event(), delta.path(), all));
        } else {
            for (LogEntry entry : LogSums.of(deltas).values()) {
                entry.event().ifPresent(event -> present(event, entry.path(), all));
            }
        }
        all.sort(CustomerEvent.BY_TIME_THEN_ID);
        return all;
    }

    private void present(CustomerEvent event, List<Hop> path, List<CustomerEvent> all) {
        all.add(event);
        if (!path.isEmpty()) {
            paths.put(event.id(), path);
        }
    }

    /** Reads all that is stored, once, and adds what is not. */
    private LogChunk whole() {
        List<Delta> deltas = new ArrayList<>(Math.max(8, ids.size()));
        List<LedgerEntry> told = new ArrayList<>(0);
        for (LogChunk chunk : chunks()) {
            deltas.addAll(chunk.deltas());
            told.addAll(chunk.told());
        }
        deltas.addAll(unstored);
        told.addAll(unstoredTold);
        return new LogChunk(deltas, told);
    }
}
