package io.tributary.pattern;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.event.CustomerEvent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One version of a definition, ready to be matched against customers' logs. Made by each operator
 * instance for itself; not to be shared between threads.
 */
public final class CompiledPattern implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CompiledPattern.class);
    private static final Comparator<Match> BY_TIME =
            Comparator.comparingLong(Match::detectedAt)
                    .thenComparingLong(Match::start)
                    .thenComparing(Match::id);

    private final PatternDefinition definition;
    private final PatternCompiler.Sequence sequence;
    private final Limits limits;
    private final long validUntil;
    private final Set<String> types;
    private final Set<String> startTypes;
    private final boolean plain;
    private final MatchMaker maker;

    private @Nullable NfaRun run;
    private long droppedBefore;
    private long failures;
    private long replays;
    private long replayedEvents;

    /**
     * @param validUntil epoch milliseconds from which on first events belong to the next version;
     *     {@link Long#MAX_VALUE} if there is none
     */
    CompiledPattern(
            PatternDefinition definition,
            PatternCompiler.Sequence sequence,
            Limits limits,
            long validUntil) {
        this.definition = definition;
        this.sequence = sequence;
        this.limits = limits;
        this.validUntil = validUntil;
        this.types = definition.types();
        this.startTypes = definition.startTypes();
        this.plain = definition.isPlain();
        this.maker = new MatchMaker(definition);
    }

    public PatternDefinition definition() {
        return definition;
    }

    PatternCompiler.Sequence sequence() {
        return sequence;
    }

    /**
     * Whether an event of this type may change the matches. False is certain; true is not: a
     * sequence with strict contiguity, a loop or an optional step has to see every event.
     */
    public boolean reactsTo(String eventType) {
        return definition.mode() != Mode.PAUSED && (!plain || types.contains(eventType));
    }

    /** How often a condition could not be evaluated and so was false. */
    public long conditionFailures() {
        return sequence.conditions().stream().mapToLong(CelCondition::failures).sum();
    }

    /** Partial matches given up because a customer had too many. */
    public long droppedPartialMatches() {
        return droppedBefore + (run == null ? 0 : run.dropped());
    }

    /** Replays in which the engine failed. */
    public long failures() {
        return failures;
    }

    public long replays() {
        return replays;
    }

    /** The lengths of all logs replayed so far, added up. */
    public long replayedEvents() {
        return replayedEvents;
    }

    /**
     * Steps the definition through a customer's log, then fires every deadline up to {@code
     * advancedTo}.
     *
     * @param log sorted by (time, id), no id twice
     * @param advancedTo epoch milliseconds to which event time is known to have come; events of the
     *     log may lie beyond it
     */
    public Replay replay(List<CustomerEvent> log, long advancedTo) {
        if (definition.mode() == Mode.PAUSED) {
            return Replay.nothing(false);
        }
        replays++;
        replayedEvents += log.size();
        try {
            return replayInstances(log, advancedTo);
        } catch (Exception e) {
            // flink-cep can fail on rare sequences; one definition must not stop the others
            failures++;
            LOG.warn("{} version {} failed", definition.id(), definition.version(), e);
            release();
            return Replay.nothing(true);
        }
    }

    private Replay replayInstances(List<CustomerEvent> log, long advancedTo) throws Exception {
        Map<String, Match> matches = new LinkedHashMap<>();
        Map<String, Match> open = new LinkedHashMap<>();
        CleanTimes cleanTimes = new CleanTimes();
        long nextDeadline = Long.MAX_VALUE;
        for (List<CustomerEvent> instance : instances(log)) {
            LogReplay replay = new LogReplay(instance);
            replay.toEnd(advancedTo);
            replay.matches.forEach(matches::putIfAbsent);
            replay.open.forEach(open::putIfAbsent);
            cleanTimes.addAll(replay.cleanTimes);
            nextDeadline = Math.min(nextDeadline, replay.nextDeadline);
        }
        open.keySet().removeAll(matches.keySet());
        return new Replay(
                sorted(matches.values()), sorted(open.values()), nextDeadline, cleanTimes, false);
    }

    private static List<Match> sorted(Collection<Match> matches) {
        return matches.stream().sorted(BY_TIME).toList();
    }

    /** The log parted by the value of {@code per}; events without one take no part. */
    private Collection<List<CustomerEvent>> instances(List<CustomerEvent> log) {
        if (definition.per().isEmpty()) {
            return List.of(log);
        }
        Map<String, List<CustomerEvent>> instances = new LinkedHashMap<>();
        for (CustomerEvent event : log) {
            JsonNode value = event.properties();
            for (String name : definition.per()) {
                value = value.path(name);
            }
            if (value.isValueNode() && !value.isNull()) {
                instances.computeIfAbsent(value.asText(), k -> new ArrayList<>()).add(event);
            }
        }
        return instances.values();
    }

    private NfaRun run() {
        NfaRun current = run;
        if (current == null) {
            current = new NfaRun(definition, sequence, limits.partialMatches());
            run = current;
        }
        return current;
    }

    private void release() {
        if (run != null) {
            droppedBefore += run.dropped();
        }
        run = null;
    }

    /** Gives up what replays need; a later replay makes it anew. */
    @Override
    public void close() {
        release();
    }

    /** One log in the NFA. */
    private final class LogReplay {

        private final List<CustomerEvent> log;
        private final NfaRun nfa = run();
        private final Map<String, Match> matches = new LinkedHashMap<>();
        private final Map<String, Match> open = new LinkedHashMap<>();
        private final CleanTimes cleanTimes = new CleanTimes();
        private long nextDeadline = Long.MAX_VALUE;
        private long busySince = Long.MIN_VALUE;
        private long lastTime = Long.MIN_VALUE;

        LogReplay(List<CustomerEvent> log) {
            this.log = log;
        }

        void toEnd(long advancedTo) throws Exception {
            nfa.begin();
            for (CustomerEvent event : log) {
                if (event.time() >= definition.effectiveFrom()) {
                    step(event);
                }
            }
            advance(advancedTo);
            if (busySince != Long.MIN_VALUE) {
                cleanTimes.addBusy(busySince, Long.MAX_VALUE);
            }
            nfa.advance(Long.MAX_VALUE, this::foundLater);
            nfa.end();
        }

        private void step(CustomerEvent event) throws Exception {
            if (event.time() > lastTime) {
                // what falls due at the time of several events is settled before or after all of
                // them
                advance(event.time());
                lastTime = event.time();
            }
            boolean idle = busySince == Long.MIN_VALUE;
            if (plain && !types.contains(event.type())) {
                return;
            }
            if (idle && (event.time() >= validUntil || cannotStart(event))) {
                return;
            }
            nfa.process(event, this::found);
            if (event.time() >= validUntil) {
                nfa.dropStartedFrom(validUntil);
            }
            if (idle) {
                busySince = event.time();
            }
            settle(event.time() + 1);
        }

        private boolean cannotStart(CustomerEvent event) {
            return !startTypes.isEmpty() && !startTypes.contains(event.type());
        }

        private void advance(long to) throws Exception {
            while (nfa.nextDeadline() <= to && busySince != Long.MIN_VALUE) {
                long deadline = nfa.nextDeadline();
                nfa.advance(deadline, this::found);
                settle(deadline);
            }
        }

        private void settle(long time) {
            if (busySince != Long.MIN_VALUE && nfa.isIdle()) {
                cleanTimes.addBusy(busySince, time);
                busySince = Long.MIN_VALUE;
            }
        }

        private void found(Map<String, List<CustomerEvent>> events, long when) {
            keep(events, matches);
        }

        private void foundLater(Map<String, List<CustomerEvent>> events, long when) {
            if (keep(events, open)) {
                nextDeadline = Math.min(nextDeadline, when);
            }
        }

        private boolean keep(Map<String, List<CustomerEvent>> events, Map<String, Match> kept) {
            Match match = maker.match(events, log);
            if (match.start() >= validUntil) {
                return false;
            }
            kept.putIfAbsent(match.id(), match);
            return true;
        }
    }
}
