package io.tributary.customer;

import io.tributary.definition.Definitions;
import io.tributary.definition.Problems;
import io.tributary.event.CustomerEvent;
import io.tributary.event.EventCatalog;
import io.tributary.intervention.ConsentHistory;
import io.tributary.intervention.CustomerContext;
import io.tributary.intervention.Decision;
import io.tributary.intervention.InterventionPolicy;
import io.tributary.intervention.Policy;
import io.tributary.journey.CustomerDocument;
import io.tributary.journey.CustomerSummary;
import io.tributary.journey.JourneyCatalog;
import io.tributary.journey.SummaryFold;
import io.tributary.journey.Touchpoint;
import io.tributary.ledger.LedgerEntry;
import io.tributary.ledger.PainPointStatus;
import io.tributary.pattern.CompiledPattern;
import io.tributary.pattern.InterventionSpec;
import io.tributary.pattern.Match;
import io.tributary.pattern.Mode;
import io.tributary.pattern.PatternDefinition;
import io.tributary.pattern.PatternLibrary;
import io.tributary.pattern.Replay;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What follows from one customer's log: pain points, decisions, stages, the document; and what of
 * it is new. Everything is derived from the log by replay, then compared with what was told before.
 */
public final class CustomerEvaluator implements AutoCloseable {

    private final PatternLibrary patterns;
    private final SummaryFold fold;
    private final InterventionPolicy policy;

    public CustomerEvaluator(PatternLibrary patterns, SummaryFold fold, InterventionPolicy policy) {
        this.patterns = patterns;
        this.fold = fold;
        this.policy = policy;
    }

    /**
     * @throws io.tributary.definition.DefinitionException if the definitions have problems
     */
    public static CustomerEvaluator compile(Definitions definitions) {
        Problems problems = new Problems();
        EventCatalog events = EventCatalog.read(definitions, problems);
        JourneyCatalog journeys = JourneyCatalog.read(definitions, events, problems);
        Policy policy = Policy.read(definitions, problems);
        PatternLibrary patterns = PatternLibrary.compile(definitions, events, problems);
        problems.throwIfAny();
        return new CustomerEvaluator(
                patterns, new SummaryFold(journeys), new InterventionPolicy(policy));
    }

    /** One new pain point on its way to a decision. */
    private record Found(Match match, PatternDefinition definition, boolean open) {

        static final Comparator<Found> BY_DETECTION =
                Comparator.comparingLong((Found found) -> found.match().detectedAt())
                        .thenComparing(found -> found.match().id());
    }

    /**
     * @param customer id
     * @param before state as last stored
     * @param log all present events that were not trimmed, sorted by (time, id)
     * @param changed event types that came or went since; null if every definition is to be looked
     *     at
     * @param advanceTo watermark: absences with a deadline up to it are fired
     * @param tellOpen whether absences that are still open are told, at the end of a bounded run
     */
    public CustomerChange evaluate(
            String customer,
            CustomerState before,
            List<CustomerEvent> log,
            @Nullable Set<String> changed,
            long advanceTo,
            boolean tellOpen) {
        long firedTo = Math.max(before.firedTo(), advanceTo);
        Map<String, Long> deadlines = new TreeMap<>(before.deadlines());
        List<LedgerEntry> standing = new ArrayList<>(before.asserted());
        List<Found> found = new ArrayList<>();
        List<LedgerEntry> withdrawn = new ArrayList<>();
        for (CompiledPattern pattern : patterns.patterns()) {
            if (isConcerned(pattern, changed)) {
                Replay replay = pattern.replay(log, firedTo);
                if (replay.failed()) {
                    continue; // counted by the library; what was told stands
                }
                deadline(deadlines, pattern.definition(), nextDeadline(pattern, replay, firedTo));
                Map<String, Found> replayed =
                        found(
                                pattern.definition(),
                                due(pattern, replay, firedTo),
                                replay,
                                tellOpen);
                withdraw(
                        pattern.definition(),
                        replayed,
                        before.base().updatedAt(),
                        standing,
                        withdrawn);
                standing.forEach(entry -> replayed.remove(entry.painPoint()));
                found.addAll(replayed.values());
            }
        }
        // what replaces a withdrawn assertion goes first: in between the pain point would be gone
        List<LedgerEntry> entries = new ArrayList<>();
        List<Decision> decisions = new ArrayList<>(before.decisions());
        found.sort(Found.BY_DETECTION);
        for (Found news : found) {
            LedgerEntry entry = entry(customer, news, before.base(), log, decisions);
            standing.add(entry);
            entries.add(entry);
        }
        entries.addAll(withdrawn);
        CustomerSummary summary = fold.fold(before.base(), log);
        boolean told = !summary.equals(before.summary());
        long revision = told ? nextRevision(before.revision(), summary) : before.revision();
        return new CustomerChange(
                new CustomerState(
                        before.base(), summary, standing, decisions, deadlines, firedTo, revision),
                entries,
                StageChange.between(before.summary().visits(), summary.visits()),
                told ? new CustomerDocument(customer, summary, revision) : null);
    }

    /** A paused definition is not looked at; what it had told stands. */
    private static boolean isConcerned(CompiledPattern pattern, @Nullable Set<String> changed) {
        return pattern.definition().mode() != Mode.PAUSED
                && (changed == null || changed.stream().anyMatch(pattern::reactsTo));
    }

    private static void deadline(
            Map<String, Long> deadlines, PatternDefinition definition, long next) {
        String key = CustomerState.key(definition.id(), definition.version());
        if (next == Long.MAX_VALUE) {
            deadlines.remove(key);
        } else {
            deadlines.put(key, next);
        }
    }

    /**
     * Takes back what this definition asserted and the replay no longer finds. What began before
     * the log's first event cannot be found again and stays.
     */
    private static void withdraw(
            PatternDefinition definition,
            Map<String, Found> replayed,
            long replayedAfter,
            List<LedgerEntry> standing,
            List<LedgerEntry> withdrawn) {
        standing.removeIf(
                entry -> {
                    Match match = entry.match();
                    boolean gone =
                            match.pattern().equals(definition.id())
                                    && match.version() == definition.version()
                                    && match.start() > replayedAfter
                                    && !replayed.containsKey(match.id());
                    if (gone) {
                        withdrawn.add(entry.withdrawn());
                    }
                    return gone;
                });
    }

    /**
     * What can be told now. The customer's own later event shows the engine that an absence's time
     * is over, but an event that speaks against it may still be on its way: it is held until the
     * watermark has passed its deadline, or customers would be approached for nothing.
     */
    private static List<Match> due(CompiledPattern pattern, Replay replay, long firedTo) {
        return replay.matches().stream().filter(match -> !isHeld(pattern, match, firedTo)).toList();
    }

    private static long nextDeadline(CompiledPattern pattern, Replay replay, long firedTo) {
        return replay.matches().stream()
                .filter(match -> isHeld(pattern, match, firedTo))
                .mapToLong(Match::detectedAt)
                .reduce(replay.nextDeadline(), Math::min);
    }

    private static boolean isHeld(CompiledPattern pattern, Match match, long firedTo) {
        return pattern.definition().endsWithAbsence() && match.detectedAt() > firedTo;
    }

    private static Map<String, Found> found(
            PatternDefinition definition, List<Match> due, Replay replay, boolean tellOpen) {
        Map<String, Found> found = new TreeMap<>();
        due.forEach(match -> found.put(match.id(), new Found(match, definition, false)));
        if (tellOpen) {
            replay.open()
                    .forEach(
                            match ->
                                    found.putIfAbsent(
                                            match.id(), new Found(match, definition, true)));
        }
        return found;
    }

    private LedgerEntry entry(
            String customer,
            Found news,
            CustomerSummary base,
            List<CustomerEvent> log,
            List<Decision> decisions) {
        InterventionSpec spec = news.definition().intervention();
        Decision decision = null;
        if (spec != null && !news.open()) {
            CustomerContext context =
                    new CustomerContext(
                            customer,
                            ConsentHistory.of(base.consents()).with(log),
                            decisions,
                            touchpoints(base, log, news.match().detectedAt()));
            decision =
                    policy.decide(
                            news.match(), spec, news.definition().mode() == Mode.SHADOW, context);
            if (!decisions.contains(decision)) {
                decisions.add(decision);
            }
        }
        return new LedgerEntry(
                news.match().id(),
                customer,
                LedgerEntry.ASSERTED,
                news.open() ? PainPointStatus.OPEN : PainPointStatus.DETECTED,
                news.match(),
                news.definition().severity().name().toLowerCase(Locale.ROOT),
                news.definition().journey(),
                decision);
    }

    /** The newest touchpoints at or before {@code time}, newest first. */
    private static List<Touchpoint> touchpoints(
            CustomerSummary base, List<CustomerEvent> log, long time) {
        List<Touchpoint> last = new ArrayList<>();
        for (int i = log.size() - 1; i >= 0 && last.size() < SummaryFold.TOUCHPOINTS; i--) {
            if (log.get(i).time() <= time) {
                last.add(Touchpoint.of(log.get(i)));
            }
        }
        last.addAll(base.touchpoints());
        return last;
    }

    /**
     * Rises with each telling, also over the life of a state: a customer who comes back after the
     * horizon starts from the time of the newest event, which is above any count reached before.
     */
    private static long nextRevision(long revision, CustomerSummary summary) {
        return Math.max(revision + 1, summary.updatedAt());
    }

    /** Cuts the log of these definitions. */
    LogTrim trim(Horizon horizon) {
        return new LogTrim(patterns, fold, horizon);
    }

    /** The definitions, for counting what happens in them. */
    List<CompiledPattern> patterns() {
        return patterns.patterns();
    }

    @Override
    public void close() {
        patterns.close();
    }
}
