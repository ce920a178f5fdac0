package io.tributary.customer;

import io.tributary.customer.CustomerState.Resume;
import io.tributary.erasure.Erasure;
import io.tributary.event.CustomerEvent;
import io.tributary.journey.CustomerSummary;
import io.tributary.journey.SummaryFold;
import io.tributary.pattern.CompiledPattern;
import io.tributary.pattern.PatternLibrary;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One customer on the heap: what is durable, as it will be stored next, and what is derived from
 * it.
 */
final class Customer {

    final String id;
    final CustomerLog log;
    final IdDigests ids;
    final Tracks tracks;

    /** As it is or was stored; {@link #told} may have changed since. */
    private byte[] storedTold;

    private @Nullable Told told;
    private boolean toldChanged;

    /** Fold of everything. */
    CustomerSummary summary;

    String lastId;

    /** From when on it is known of every definition without a track that nothing was under way. */
    long knownFrom;

    long firedTo;
    long revision;

    /** When event time wakes this customer; {@link Long#MAX_VALUE} for never. */
    long wakeAt;

    /** The registered event-time timer; {@link Long#MAX_VALUE} if none is. */
    long timerAt;

    long trimAt;
    long library;

    /** What happened at or before it is gone for good; {@link Long#MIN_VALUE} if nothing is. */
    long erasedUntil;

    /** What waits for event time to reach the request. */
    List<Erasure> erasing;

    /** Whether something is not stored yet. */
    boolean dirty;

    /**
     * Whether they were needed again since they were read, or last spared from leaving the heap.
     */
    boolean used;

    Customer(
            String id,
            CustomerState state,
            PatternLibrary patterns,
            SummaryFold fold,
            CustomerLog.Stored stored) {
        this.id = id;
        this.summary = state.summary();
        this.ids = new IdDigests(state.ids());
        this.log = new CustomerLog(stored, fold, state.summary(), ids);
        this.storedTold = state.told();
        this.lastId = state.lastId();
        this.firedTo = state.firedTo();
        this.revision = state.revision();
        this.wakeAt = state.wakeAt();
        this.timerAt = state.wakeAt();
        this.trimAt = state.trimAt();
        this.library = state.library();
        this.erasedUntil = state.erasedUntil();
        this.erasing = state.erasing();
        this.knownFrom =
                summary.updatedAt() == Long.MIN_VALUE
                        ? Long.MIN_VALUE
                        : Math.max(summary.updatedAt() + 1, firedTo);
        this.tracks = new Tracks(patterns);
        for (Resume resume : state.resumes()) {
            CompiledPattern pattern = patterns.get(resume.pattern());
            if (pattern != null) {
                tracks.add(new Track(pattern, resume));
            }
        }
    }

    /**
     * Whether an event comes after everything that was stepped or fired. What fired at the time of
     * the last event may have fired after it, and so after all events of that time.
     */
    boolean isNext(CustomerEvent event) {
        long last = summary.updatedAt();
        return event.time() > last
                ? event.time() >= firedTo
                : event.time() == last
                        && event.time() > firedTo
                        && event.id().compareTo(lastId) > 0;
    }

    /**
     * Forgets all but some of the events, and of what was told all but what is still remembered.
     */
    void trim(List<CustomerEvent> kept, CustomerSummary base) {
        ids.clear();
        log.trim(kept, base, told()).forEach(delta -> ids.add(delta.event().id()));
        dirty = true;
    }

    /** Whether nothing of this customer has to be kept. */
    boolean isGone() {
        return erasedUntil == Long.MIN_VALUE
                && erasing.isEmpty()
                && summary.equals(CustomerSummary.EMPTY)
                && ids.size() == 0
                && !isTold()
                && tracks.areIdle();
    }

    Told told() {
        Told known = told;
        if (known == null) {
            known = ToldBytes.read(storedTold);
            told = known;
        }
        return known;
    }

    void tell(Told now) {
        told = now;
        toldChanged = true;
    }

    private boolean isTold() {
        return toldChanged ? !told().isNothing() : storedTold.length > 0;
    }

    private byte[] toldBytes() {
        if (toldChanged) {
            storedTold = ToldBytes.of(told());
            toldChanged = false;
        }
        return storedTold;
    }

    /** The erasures whose time has come, first one first; they wait no more. */
    List<Erasure> takeErasures(long watermark) {
        if (erasing.isEmpty()) {
            return erasing;
        }
        List<Erasure> due =
                erasing.stream()
                        .filter(erasure -> erasure.until() <= watermark)
                        .sorted(Comparator.comparingLong(Erasure::until))
                        .toList();
        erasing = erasing.stream().filter(erasure -> erasure.until() > watermark).toList();
        return due;
    }

    /** When event time has to wake this customer; {@link Long#MAX_VALUE} for never. */
    long nextWake() {
        long next = trimAt;
        for (Track track : tracks) {
            next = Math.min(next, track.deadline());
        }
        for (Erasure erasure : erasing) {
            next = Math.min(next, erasure.until());
        }
        return next;
    }

    CustomerState state() {
        List<Resume> resumes = new ArrayList<>();
        for (Track track : tracks) {
            Resume resume = track.resume();
            if (resume != null) {
                resumes.add(resume);
            }
        }
        return new CustomerState(
                summary,
                lastId,
                ids.toArray(),
                firedTo,
                revision,
                timerAt,
                trimAt,
                library,
                resumes,
                toldBytes(),
                erasedUntil,
                erasing);
    }
}
