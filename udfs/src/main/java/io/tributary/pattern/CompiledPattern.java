package io.tributary.pattern;

import io.tributary.event.CustomerEvent;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One version of a definition, ready to be matched against customers' logs. Made by each operator
 * instance for itself; not to be shared between threads.
 */
public final class CompiledPattern implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CompiledPattern.class);

    /** One step in so many is timed. */
    private static final int TIMED = 32;

    private static final Comparator<Match> BY_TIME =
            Comparator.comparingLong(Match::detectedAt)
                    .thenComparingLong(Match::start)
                    .thenComparing(Match::id);

    private final PatternDefinition definition;
    private final String key;
    private final PatternSource source;
    private final long fingerprint;
    private final PatternCompiler.Sequence sequence;
    private final long validUntil;
    private final Stepper stepper;

    private LongSupplier nanoClock = () -> 0;
    private PatternCost costBefore = PatternCost.NONE;
    private long failures;
    private long replays;
    private long replayedEvents;
    private long nanos;
    private int untimed;

    /**
     * @param source what it was compiled from
     * @param validUntil epoch milliseconds from which on first events belong to the next version;
     *     {@link Long#MAX_VALUE} if there is none
     */
    CompiledPattern(
            PatternDefinition definition,
            PatternSource source,
            PatternCompiler.Sequence sequence,
            Limits limits,
            long validUntil) {
        this.definition = definition;
        this.key = definition.id() + "@" + definition.version();
        this.source = source;
        this.fingerprint =
                MatchId.fingerprint(
                        key,
                        source.text(),
                        Long.toString(definition.effectiveFrom()),
                        Long.toString(validUntil),
                        Boolean.toString(definition.mode() == Mode.PAUSED));
        this.sequence = sequence;
        this.validUntil = validUntil;
        this.stepper = new Stepper(definition, sequence, limits, validUntil);
    }

    public PatternDefinition definition() {
        return definition;
    }

    /** Names this version of this definition, in state. */
    public String key() {
        return key;
    }

    /**
     * Of what decides which matches are found: the definition's text, its time in force and whether
     * it is paused.
     */
    public long fingerprint() {
        return fingerprint;
    }

    /** What it was compiled from. */
    public PatternSource source() {
        return source;
    }

    /**
     * Epoch milliseconds from which on first events belong to a later version; {@link
     * Long#MAX_VALUE} if there is none.
     */
    public long validUntil() {
        return validUntil;
    }

    /** Counts on from where the same version stood before something about it changed. */
    void continueCosts(CompiledPattern before) {
        costBefore = before.cost();
        nanoClock = before.nanoClock;
    }

    PatternCompiler.Sequence sequence() {
        return sequence;
    }

    /**
     * Whether an event of this type may change the matches. False is certain; true is not: a
     * sequence with strict contiguity, a loop or an optional step has to see every event.
     */
    public boolean reactsTo(String eventType) {
        return definition.mode() != Mode.PAUSED && stepper.sees(eventType);
    }

    /** Whether an event of this type may begin a match. */
    public boolean mayStartWith(String eventType) {
        return definition.mode() != Mode.PAUSED && stepper.mayStartWith(eventType);
    }

    /** Whether this event may begin a match: {@link #mayStartWith}, and what it carries. */
    public boolean mayStart(CustomerEvent event) {
        return definition.mode() != Mode.PAUSED && stepper.mayStart(event);
    }

    /**
     * @param clock nanoseconds from any beginning, for measuring what steps cost
     */
    public void timeWith(LongSupplier clock) {
        nanoClock = clock;
    }

    /** The counts of what this pattern cost and failed at so far. */
    public PatternCost cost() {
        return costBefore.plus(
                new PatternCost(
                        stepper.steps(),
                        nanos,
                        replays,
                        replayedEvents,
                        stepper.dropped(),
                        failures,
                        sequence.conditions().stream().mapToLong(CelCondition::failures).sum()));
    }

    /**
     * Steps one customer's next event. What it brings to light waits in {@code progress} to be
     * taken.
     *
     * @param event at or after every event and deadline stepped before
     */
    public void step(Progress progress, CustomerEvent event) {
        if (progress.failed()
                || event.time() < definition.effectiveFrom()
                || definition.mode() == Mode.PAUSED) {
            return;
        }
        try {
            if (++untimed == TIMED) {
                untimed = 0;
                long start = nanoClock.getAsLong();
                stepper.step(progress, event);
                nanos += (nanoClock.getAsLong() - start) * TIMED;
            } else {
                stepper.step(progress, event);
            }
        } catch (Exception e) {
            fail(progress, e);
        }
    }

    /** Fires every deadline up to and including {@code to}. */
    public void advance(Progress progress, long to) {
        try {
            stepper.fire(progress, to, (match, when) -> progress.find(match));
        } catch (Exception e) {
            fail(progress, e);
        }
    }

    /**
     * When {@link #advance} next has to be called, if no event comes before: a closing absence may
     * be certain then, or a match that waits for an older one to fail. {@link Long#MAX_VALUE} for
     * never.
     */
    public long nextDeadline(Progress progress) {
        long next = stepper.nextFinding(progress);
        for (Match match : progress.found()) {
            next = Math.min(next, match.detectedAt());
        }
        return next;
    }

    /**
     * From when on nothing is under way any more if no event comes before and nothing can be found
     * by waiting; {@link Long#MAX_VALUE} if something can.
     */
    public long expiresAt(Progress progress) {
        return nextDeadline(progress) == Long.MAX_VALUE
                ? stepper.lastDeadline(progress)
                : Long.MAX_VALUE;
    }

    /**
     * Whether a match can be told now. The customer's own later event shows the engine that an
     * absence's time is over, but an event that speaks against it may still be on its way: it is
     * held until event time has passed its deadline, or customers would be approached for nothing.
     */
    public boolean isDue(Match match, long advancedTo) {
        return !definition.endsWithAbsence() || match.detectedAt() <= advancedTo;
    }

    /**
     * Steps a customer's log, or a part of it that begins at a clean time, then fires the deadlines
     * up to {@code firedTo}.
     *
     * @param log sorted by (time, id), no id twice
     * @param from only events at or after it are stepped
     */
    public Progress rebuild(List<CustomerEvent> log, long from, long firedTo) {
        Progress progress = new Progress(from);
        replays++;
        for (int i = firstAt(log, from); i < log.size(); i++) {
            replayedEvents++;
            step(progress, log.get(i));
        }
        advance(progress, firedTo);
        return progress;
    }

    private static int firstAt(List<CustomerEvent> log, long from) {
        int i = log.size();
        while (i > 0 && log.get(i - 1).time() >= from) {
            i--;
        }
        return i;
    }

    /**
     * Steps the definition through a customer's log, then fires every deadline up to {@code
     * advancedTo}, and looks at what the rest would bring.
     *
     * @param log sorted by (time, id), no id twice
     * @param advancedTo epoch milliseconds to which event time is known to have come; events of the
     *     log may lie beyond it
     */
    public Replay replay(List<CustomerEvent> log, long advancedTo) {
        if (definition.mode() == Mode.PAUSED) {
            return Replay.nothing(false);
        }
        Progress progress = rebuild(log, Long.MIN_VALUE, advancedTo);
        List<Match> matches = sorted(progress.take(match -> true));
        CleanTimes cleanTimes = progress.cleanTimes();
        long[] nextDeadline = {Long.MAX_VALUE};
        try {
            stepper.fire(
                    progress,
                    Long.MAX_VALUE,
                    (match, when) -> {
                        progress.find(match);
                        nextDeadline[0] = Math.min(nextDeadline[0], when);
                    });
        } catch (Exception e) {
            fail(progress, e);
        }
        if (progress.failed()) {
            return Replay.nothing(true);
        }
        Set<String> told = matches.stream().map(Match::id).collect(Collectors.toSet());
        List<Match> open = sorted(progress.take(later -> !told.contains(later.id())));
        return new Replay(matches, open, nextDeadline[0], cleanTimes, false);
    }

    private static List<Match> sorted(List<Match> matches) {
        return matches.stream().sorted(BY_TIME).toList();
    }

    /** flink-cep can fail on rare sequences; one definition must not stop the others. */
    private void fail(Progress progress, Exception cause) {
        failures++;
        if (costBefore.failures() + failures == 1) {
            LOG.warn("{} version {} failed", definition.id(), definition.version(), cause);
        }
        progress.fail();
        close();
    }

    /** Gives up what stepping needs; a later step makes it anew. */
    @Override
    public void close() {
        stepper.close();
    }
}
