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
import org.apache.flink.cep.nfa.State;
import org.apache.flink.cep.nfa.aftermatch.AfterMatchSkipStrategy;
import org.apache.flink.cep.nfa.compiler.NFAStateNameHandler;
import org.apache.flink.cep.nfa.sharedbuffer.HeapSharedBuffer;
import org.apache.flink.cep.nfa.sharedbuffer.SharedBufferAccessor;
import org.apache.flink.cep.time.TimerService;

/**
 * flink-cep's NFA of one definition, stepped for one {@link Running} at a time: {@link #fire} and
 * {@link #process} in the order of time.
 *
 * <p>The NFA's own window reaches to the last deadline of a closing absence. A partial match that
 * still waits for an event lives only for the definition's window, so it is dropped here.
 */
final class Nfa {

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
    private final HeapSharedBuffer<CustomerEvent> memory =
            new HeapSharedBuffer<>(CustomerEventSerializer.INSTANCE);
    private final SharedBufferAccessor<CustomerEvent> buffer;

    private long dropped;

    Nfa(PatternDefinition definition, PatternCompiler.Sequence sequence, int maxPartialMatches) {
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
        this.buffer = memory.getAccessor();
    }

    /** State name to the milliseconds that a partial match may wait in it. */
    static Map<String, Long> stepWindows(
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

    /**
     * An instance whose first event is about to be stepped.
     *
     * @param since that event's time
     */
    Running start(long since) {
        return new Running(nfa.createInitialNFAState(), since);
    }

    /** Partial matches given up because there were too many, since this was made. */
    long dropped() {
        return dropped;
    }

    /** Whether nothing is under way: only start states and no match that is held back. */
    static boolean isIdle(Running running) {
        if (!running.state.getCompletedMatches().isEmpty()) {
            return false;
        }
        for (ComputationState partial : running.state.getPartialMatches()) {
            if (isStarted(partial)) {
                return false;
            }
        }
        return true;
    }

    /**
     * The next time at which something times out; {@link Long#MAX_VALUE} if nothing is under way.
     */
    long nextDeadline(Running running) {
        long earliest = Long.MAX_VALUE;
        for (ComputationState partial : running.state.getPartialMatches()) {
            if (isStarted(partial)) {
                earliest = Math.min(earliest, deadline(partial));
            }
        }
        return Math.max(earliest, running.clock);
    }

    /**
     * The next time at which waiting may bring a match: a closing absence may be certain, or what
     * holds back a complete match may time out. {@link Long#MAX_VALUE} for never.
     */
    long nextFinding(Running running) {
        if (!running.state.getCompletedMatches().isEmpty()) {
            return nextDeadline(running);
        }
        if (pendingStates.isEmpty()) {
            return Long.MAX_VALUE;
        }
        long earliest = Long.MAX_VALUE;
        for (ComputationState partial : running.state.getPartialMatches()) {
            if (isStarted(partial) && isPending(partial)) {
                earliest = Math.min(earliest, deadline(partial));
            }
        }
        return earliest == Long.MAX_VALUE ? earliest : Math.max(earliest, running.clock);
    }

    /** When the last of what is under way times out. */
    long lastDeadline(Running running) {
        long last = Long.MIN_VALUE;
        for (ComputationState partial : running.state.getPartialMatches()) {
            if (isStarted(partial)) {
                last = Math.max(last, deadline(partial));
            }
        }
        return last;
    }

    private long deadline(ComputationState partial) {
        Long step = stepWindows.get(partial.getCurrentStateName());
        long stepEnd = step == null ? Long.MAX_VALUE : partial.getPreviousTimestamp() + step;
        return absence > 0 && isPending(partial)
                ? stepEnd
                : Math.min(stepEnd, partial.getStartTimestamp() + within);
    }

    /**
     * Fires one deadline: several in one jump may pick another match under a skip strategy.
     *
     * @param time that {@link #nextDeadline} told
     */
    void fire(Running running, long time, Found found) throws Exception {
        memory.pointAt(running.contents);
        running.clock = time;
        if (absence > 0) {
            drop(running, p -> !isPending(p) && p.getStartTimestamp() + within <= time);
        }
        pass(nfa.advanceTime(buffer, running.state, time, skip).f0, time, found);
    }

    /** Steps the NFA; deadlines up to the event's time have been fired. */
    void process(Running running, CustomerEvent event, Found found) throws Exception {
        memory.pointAt(running.contents);
        long time = event.time();
        running.clock = time;
        pass(
                nfa.process(buffer, running.state, event, time, skip, NO_PROCESSING_TIME),
                time,
                found);
        if (running.state.getPartialMatches().size() > maxPartialMatches + 1) {
            dropNewest(running);
        }
    }

    private static void pass(
            Collection<Map<String, List<CustomerEvent>>> matches, long time, Found found) {
        matches.forEach(match -> found.accept(match, time));
    }

    /** Gives up partial matches that began at or after {@code time}. */
    void dropStartedFrom(Running running, long time) throws Exception {
        drop(running, partial -> partial.getStartTimestamp() >= time);
    }

    private void dropNewest(Running running) throws Exception {
        List<ComputationState> oldestFirst =
                running.state.getPartialMatches().stream()
                        .filter(Nfa::isStarted)
                        .sorted(Comparator.comparing(ComputationState::getStartEventID))
                        .toList();
        Set<ComputationState> newest =
                Set.copyOf(oldestFirst.subList(maxPartialMatches, oldestFirst.size()));
        dropped += newest.size();
        drop(running, newest::contains);
    }

    private void drop(Running running, Predicate<ComputationState> which) throws Exception {
        memory.pointAt(running.contents);
        List<ComputationState> gone =
                running.state.getPartialMatches().stream()
                        .filter(Nfa::isStarted)
                        .filter(which)
                        .toList();
        for (ComputationState partial : gone) {
            buffer.releaseNode(partial.getPreviousBufferEntry(), partial.getVersion());
            running.state.getPartialMatches().remove(partial);
        }
    }

    private boolean isPending(ComputationState partial) {
        return pendingStates.contains(partial.getCurrentStateName());
    }

    private static boolean isStarted(ComputationState partial) {
        return partial.getStartEventID() != null;
    }
}
