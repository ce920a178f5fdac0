package io.tributary.pattern;

import io.tributary.event.CustomerEvent;
import io.tributary.event.CustomerEventSerializer;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.flink.cep.nfa.ComputationState;
import org.apache.flink.cep.nfa.NFA;
import org.apache.flink.cep.nfa.NFAState;
import org.apache.flink.cep.nfa.State;
import org.apache.flink.cep.nfa.aftermatch.AfterMatchSkipStrategy;
import org.apache.flink.cep.nfa.compiler.NFAStateNameHandler;
import org.apache.flink.cep.nfa.sharedbuffer.SharedBuffer;
import org.apache.flink.cep.nfa.sharedbuffer.SharedBufferAccessor;
import org.apache.flink.cep.time.TimerService;

/**
 * flink-cep's NFA of one definition, stepped through one log at a time: {@link #begin}, then {@link
 * #advance} and {@link #process} in event order, then {@link #end}.
 *
 * <p>The NFA's own window reaches to the last deadline of a closing absence. A partial match that
 * still waits for an event lives only for the definition's window, so it is dropped here.
 */
final class NfaRun {

    private static final TimerService NO_PROCESSING_TIME =
            () -> {
                throw new UnsupportedOperationException("matching knows event time only");
            };

    /** Receives each match as flink-cep gives it. */
    interface Found {
        /**
         * @param events step name to events
         * @param when the event time at which the NFA let the match go
         */
        void accept(Map<String, List<CustomerEvent>> events, long when);
    }

    private final NFA<CustomerEvent> nfa;
    private final AfterMatchSkipStrategy skip;
    private final Set<String> pendingStates;
    private final Map<String, Long> stepWindows;
    private final long within;
    private final long absence;
    private final int maxPartialMatches;
    private final InMemoryState memory = new InMemoryState();
    private final SharedBufferAccessor<CustomerEvent> buffer;

    private NFAState state;
    private long clock = Long.MIN_VALUE;
    private long dropped;

    NfaRun(PatternDefinition definition, PatternCompiler.Sequence sequence, int maxPartialMatches) {
        NFA<CustomerEvent> compiled = sequence.factory().createNFA();
        this.stepWindows = stepWindows(definition, compiled.getStates());
        this.nfa =
                new NFA<>(compiled.getStates(), stepWindows, definition.window().toMillis(), false);
        this.skip = FlinkPatterns.skip(definition.skip());
        this.pendingStates =
                nfa.getStates().stream()
                        .filter(State::isPending)
                        .map(State::getName)
                        .collect(Collectors.toUnmodifiableSet());
        this.within = definition.within().toMillis();
        this.absence = definition.absence() == null ? 0 : definition.absence().toMillis();
        this.maxPartialMatches = maxPartialMatches;
        SharedBuffer<CustomerEvent> shared =
                new SharedBuffer<>(memory, new CustomerEventSerializer());
        // its only task is to log cache statistics, on a thread of its own
        shared.releaseCacheStatisticsTimer();
        this.buffer = shared.getAccessor();
        this.state = nfa.createInitialNFAState();
    }

    /** State name to the milliseconds that a partial match may wait in it. */
    private static Map<String, Long> stepWindows(
            PatternDefinition definition, Collection<State<CustomerEvent>> states) {
        Map<String, Long> byStep = FlinkPatterns.stepWindows(definition.sequence());
        Map<String, Long> byState = new HashMap<>();
        for (State<CustomerEvent> state : states) {
            Long window =
                    byStep.get(NFAStateNameHandler.getOriginalNameFromInternal(state.getName()));
            if (window != null && !state.isStop()) {
                byState.put(state.getName(), window);
            }
        }
        return byState;
    }

    void begin() {
        state = nfa.createInitialNFAState();
        clock = Long.MIN_VALUE;
    }

    /** Forgets the log. */
    void end() throws Exception {
        buffer.close();
        memory.clear();
        begin();
    }

    /** Partial matches given up because there were too many, since this was made. */
    long dropped() {
        return dropped;
    }

    /** Whether nothing is under way: only start states and no match that is held back. */
    boolean isIdle() {
        return state.getCompletedMatches().isEmpty()
                && state.getPartialMatches().stream().noneMatch(NfaRun::isStarted);
    }

    /**
     * The next time at which something times out; {@link Long#MAX_VALUE} if nothing is under way.
     */
    long nextDeadline() {
        long earliest = Long.MAX_VALUE;
        for (ComputationState partial : state.getPartialMatches()) {
            if (isStarted(partial)) {
                earliest = Math.min(earliest, deadline(partial));
            }
        }
        return Math.max(earliest, clock);
    }

    private long deadline(ComputationState partial) {
        Long step = stepWindows.get(partial.getCurrentStateName());
        long stepEnd = step == null ? Long.MAX_VALUE : partial.getPreviousTimestamp() + step;
        return absence > 0 && isPending(partial)
                ? stepEnd
                : Math.min(stepEnd, partial.getStartTimestamp() + within);
    }

    /**
     * Fires every deadline up to and including {@code to}, one by one: several in one jump may pick
     * another match under a skip strategy.
     */
    void advance(long to, Found found) throws Exception {
        for (long next = nextDeadline();
                next <= to && next < Long.MAX_VALUE;
                next = nextDeadline()) {
            fire(next, found);
        }
    }

    private void fire(long time, Found found) throws Exception {
        clock = time;
        if (absence > 0) {
            drop(p -> !isPending(p) && p.getStartTimestamp() + within <= time);
        }
        pass(nfa.advanceTime(buffer, state, time, skip).f0, time, found);
    }

    /** Steps the NFA; deadlines up to the event's time have been fired. */
    void process(CustomerEvent event, Found found) throws Exception {
        long time = event.time();
        clock = time;
        pass(nfa.process(buffer, state, event, time, skip, NO_PROCESSING_TIME), time, found);
        if (state.getPartialMatches().size() > maxPartialMatches + 1) {
            dropNewest();
        }
    }

    private static void pass(
            Collection<Map<String, List<CustomerEvent>>> matches, long time, Found found) {
        matches.forEach(match -> found.accept(match, time));
    }

    /** Gives up partial matches that began at or after {@code time}. */
    void dropStartedFrom(long time) throws Exception {
        drop(partial -> partial.getStartTimestamp() >= time);
    }

    private void dropNewest() throws Exception {
        List<ComputationState> oldestFirst =
                state.getPartialMatches().stream()
                        .filter(NfaRun::isStarted)
                        .sorted(Comparator.comparing(ComputationState::getStartEventID))
                        .toList();
        Set<ComputationState> newest =
                Set.copyOf(oldestFirst.subList(maxPartialMatches, oldestFirst.size()));
        dropped += newest.size();
        drop(newest::contains);
    }

    private void drop(Predicate<ComputationState> which) throws Exception {
        List<ComputationState> gone =
                state.getPartialMatches().stream().filter(NfaRun::isStarted).filter(which).toList();
        for (ComputationState partial : gone) {
            buffer.releaseNode(partial.getPreviousBufferEntry(), partial.getVersion());
            state.getPartialMatches().remove(partial);
        }
    }

    private boolean isPending(ComputationState partial) {
        return pendingStates.contains(partial.getCurrentStateName());
    }

    private static boolean isStarted(ComputationState partial) {
        return partial.getStartEventID() != null;
    }
}
