package io.tributary.customer;

import io.tributary.customer.Told.Asserted;
import io.tributary.event.CustomerEvent;
import io.tributary.pattern.CompiledPattern;
import io.tributary.pattern.Match;
import io.tributary.pattern.Mode;
import io.tributary.pattern.PatternDefinition;
import io.tributary.pattern.PatternLibrary;
import io.tributary.pattern.PatternLibrary.Concerned;
import io.tributary.pattern.Progress;
import io.tributary.pattern.Replay;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Derived matching: keeps each definition's progress at one customer up with the log, in the
 * cheapest exact way.
 *
 * <ul>
 *   <li>The next event steps the definitions that it may matter to, on the heap.
 *   <li>Progress that is not on the heap is rebuilt from the log where it was last clean.
 *   <li>Any other change of the log replays the definitions that it may matter to, from where they
 *       were clean before it, and compares with what was told since.
 * </ul>
 */
final class Matcher {

    private static final List<Track> NOWHERE = List.of();

    private final PatternLibrary patterns;

    Matcher(PatternLibrary patterns) {
        this.patterns = patterns;
    }

    /**
     * Steps an event that comes after everything else, before it is in the log.
     *
     * @param advancedTo watermark
     */
    void step(Customer customer, CustomerEvent event, long advancedTo, Findings findings) {
        List<Track> concerned = concerned(customer, event);
        for (Track track : concerned) {
            progress(customer, track, event.time());
        }
        for (Track track : concerned) {
            track.pattern.step(progress(customer, track, event.time()), event);
            track.moved();
            findings(customer, track, advancedTo, findings);
        }
    }

    /** Where something is under way that the event may matter to, or where it may begin a match. */
    private List<Track> concerned(Customer customer, CustomerEvent event) {
        List<Track> concerned = NOWHERE;
        for (Concerned may : patterns.concernedBy(event.type())) {
            Track track = customer.tracks.at(may.place());
            if ((track == null || track.isIdle()) && !may.pattern().mayStart(event)) {
                continue;
            }
            if (track == null) {
                track = new Track(may.pattern(), new Progress(customer.knownFrom));
                customer.tracks.add(track);
            }
            if (concerned.isEmpty()) {
                concerned = new ArrayList<>(4);
            }
            concerned.add(track);
        }
        return concerned;
    }

    /**
     * @param time of what is stepped next
     */
    private static Progress progress(Customer customer, Track track, long time) {
        Progress progress = track.progress();
        if (progress == null) {
            progress =
                    track.hasExpired(time)
                            ? new Progress(Math.max(time, customer.firedTo))
                            : restored(customer, track);
            track.restored(progress);
        }
        return progress;
    }

    /** What the replay finds and was told before is not found again. */
    private static Progress restored(Customer customer, Track track) {
        CompiledPattern pattern = track.pattern;
        long from = track.from();
        Progress progress = pattern.rebuild(customer.log.since(from), from, customer.firedTo);
        progress.take(match -> pattern.isDue(match, customer.firedTo));
        return progress;
    }

    /** Fires what is due at a watermark. */
    void advance(Customer customer, long to, Findings findings) {
        List<Track> due = new ArrayList<>(4);
        for (Track track : customer.tracks) {
            if (track.deadline() <= to) {
                // all before any fires: what is restored counts as told up to what was fired
                progress(customer, track, to);
                due.add(track);
            }
        }
        for (Track track : due) {
            findings(customer, track, to, findings);
        }
    }

    /** Takes what can be told, firing one deadline after the other. */
    private static void findings(Customer customer, Track track, long to, Findings findings) {
        Progress progress = track.progress();
        if (progress == null || progress.isIdle()) {
            return;
        }
        CompiledPattern pattern = track.pattern;
        take(customer, pattern, progress, to).forEach(m -> find(pattern, m, findings));
        track.moved();
        long before = Long.MIN_VALUE;
        while (track.deadline() <= to && track.deadline() > before) {
            before = track.deadline();
            pattern.advance(progress, before);
            customer.firedTo = Math.max(customer.firedTo, before);
            take(customer, pattern, progress, to).forEach(m -> find(pattern, m, findings));
            track.moved();
        }
    }

    private static List<Match> take(
            Customer customer, CompiledPattern pattern, Progress progress, long to) {
        long dueTo = Math.max(to, customer.firedTo);
        List<Match> due = progress.take(match -> pattern.isDue(match, dueTo));
        if (pattern.definition().endsWithAbsence()) {
            for (Match match : due) {
                customer.firedTo = Math.max(customer.firedTo, match.detectedAt());
            }
        }
        return due;
    }

    private static void find(CompiledPattern pattern, Match match, Findings findings) {
        findings.find(match, pattern.definition(), false);
    }

    /**
     * The log has changed, other than at its end.
     *
     * @param before the event that was there; null if none was
     * @param after the event that is there now; null if none is
     */
    void replay(
            Customer customer,
            @Nullable CustomerEvent before,
            @Nullable CustomerEvent after,
            long advancedTo,
            Findings findings) {
        for (CompiledPattern pattern : patterns.patterns()) {
            long from = Long.MAX_VALUE;
            if (before != null && pattern.reactsTo(before.type())) {
                // whatever ended because of the last event, now gone, is under way again
                long end = Math.min(before.time(), customer.summary.updatedAt());
                from = cleanBefore(customer, pattern, end);
            }
            if (after != null
                    && pattern.reactsTo(after.type())
                    && (pattern.mayStart(after) || !isIdleAt(customer, pattern, after.time()))) {
                from = Math.min(from, cleanBefore(customer, pattern, after.time()));
            }
            if (from != Long.MAX_VALUE) {
                replay(customer, pattern, from, advancedTo, findings);
            }
        }
    }

    /** Whether it is known that nothing was under way; then only what may begin a match matters. */
    private static boolean isIdleAt(Customer customer, CompiledPattern pattern, long time) {
        Track track = customer.tracks.of(pattern);
        if (track == null) {
            return time >= customer.knownFrom;
        }
        Progress progress = track.progress();
        return progress != null && !progress.failed() && progress.isIdleAt(time);
    }

    /**
     * The latest time at or before {@code time} at which a definition was clean, if it is known.
     */
    private static long cleanBefore(Customer customer, CompiledPattern pattern, long time) {
        Track track = customer.tracks.of(pattern);
        if (track == null) {
            return time >= customer.knownFrom ? time : Long.MIN_VALUE;
        }
        Progress progress = track.progress();
        if (progress != null) {
            return progress.failed() ? Long.MIN_VALUE : progress.cleanUpTo(time);
        }
        return time >= track.from() ? track.from() : Long.MIN_VALUE;
    }

    /** Looks anew at every definition that is not as it was when the customer was last seen. */
    void catchUp(Customer customer, LibraryHistory history, long advancedTo, Findings findings) {
        List<CompiledPattern> changed =
                patterns.patterns().stream()
                        .filter(pattern -> history.changedSince(customer.library, pattern))
                        .toList();
        customer.tracks.removeIf(changed::contains);
        // what is due of the others fires first: restored later, it would count as told
        advance(customer, advancedTo, findings);
        for (CompiledPattern pattern : changed) {
            if (pattern.definition().mode() != Mode.PAUSED) {
                replay(customer, pattern, Long.MIN_VALUE, advancedTo, findings);
            }
        }
        customer.library = patterns.fingerprint();
    }

    /** Restores every progress from a log that was cut; nothing new is found. */
    void restoreAll(Customer customer) {
        customer.tracks.removeIf(pattern -> true);
        customer.knownFrom = Math.max(customer.summary.updatedAt() + 1, customer.firedTo);
        for (CompiledPattern pattern : patterns.patterns()) {
            Progress progress =
                    pattern.rebuild(customer.log.all(), Long.MIN_VALUE, customer.firedTo);
            progress.take(match -> pattern.isDue(match, customer.firedTo));
            if (!progress.isIdle()) {
                customer.tracks.add(new Track(pattern, progress));
            }
        }
    }

    private void replay(
            Customer customer,
            CompiledPattern pattern,
            long from,
            long advancedTo,
            Findings findings) {
        Progress progress = pattern.rebuild(customer.log.since(from), from, customer.firedTo);
        if (progress.failed()) {
            return; // counted by the pattern; what was told stands
        }
        Track track = customer.tracks.of(pattern);
        if (track == null) {
            track = new Track(pattern, progress);
            customer.tracks.add(track);
        } else {
            Progress earlier = track.progress();
            if (earlier != null && from >= earlier.knownFrom()) {
                progress.continueFrom(earlier, from);
            }
            track.restored(progress);
        }
        Findings all = new Findings();
        findings(customer, track, advancedTo, all);
        Map<String, Match> due = new HashMap<>();
        all.found().forEach(found -> due.put(found.match().id(), found.match()));
        compare(customer, pattern.definition(), from, due, findings);
    }

    /**
     * What was told of this definition since {@code from} and is not due is withdrawn; what is due
     * and was not told is found. A match of the same events at other times, because another record
     * of one counts now, replaces the one told. What began before the log's first event cannot be
     * found again and stands.
     */
    private static void compare(
            Customer customer,
            PatternDefinition definition,
            long from,
            Map<String, Match> due,
            Findings findings) {
        for (Asserted asserted : customer.told().asserted()) {
            if (asserted.pattern().equals(definition.id())
                    && asserted.version() == definition.version()
                    && asserted.start() >= from
                    && !take(due, asserted)
                    && (from != Long.MIN_VALUE
                            || asserted.start() > customer.log.base().updatedAt())) {
                findings.withdraw(asserted);
            }
        }
        due.values().forEach(match -> findings.find(match, definition, false));
    }

    /** Takes out the match that was told; false if it is not there. */
    private static boolean take(Map<String, Match> due, Asserted asserted) {
        Match match = due.get(asserted.painPoint());
        return match != null
                && Asserted.of(match).equals(asserted)
                && due.remove(match.id(), match);
    }

    /** Looks once at a whole log; also what is still open is found. */
    void atEnd(Customer customer, List<CustomerEvent> log, long end, Findings findings) {
        for (CompiledPattern pattern : patterns.patterns()) {
            Replay replay = pattern.replay(log, end);
            for (Match match : replay.matches()) {
                boolean open = !pattern.isDue(match, end);
                findings.find(match, pattern.definition(), open);
            }
            replay.open().forEach(m -> findings.find(m, pattern.definition(), true));
        }
        customer.library = patterns.fingerprint();
    }
}
