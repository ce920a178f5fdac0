package io.tributary.pattern;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.event.CustomerEvent;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Runs one version of a definition in the engine: of each customer one {@link Running} for each
 * value of {@code per}. Not to be shared between threads.
 */
final class Stepper {

    /** Receives matches. */
    interface Found {
        /**
         * @param when the event time at which the engine let the match go
         */
        void accept(Match match, long when);
    }

    private final PatternDefinition definition;
    private final PatternCompiler.Sequence sequence;
    private final Limits limits;
    private final long validUntil;
    private final Set<String> types;
    private final Set<String> startTypes;
    private final boolean plain;
    private final MatchMaker maker;
    private @Nullable Nfa nfa;
    private long droppedBefore;
    private long steps;

    /**
     * @param validUntil epoch milliseconds from which on no match begins
     */
    Stepper(
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

    /** Events that the engine was stepped with. */
    long steps() {
        return steps;
    }

    /** Partial matches given up because a customer had too many. */
    long dropped() {
        return droppedBefore + (nfa == null ? 0 : nfa.dropped());
    }

    /** Whether an event of this type may change anything. */
    boolean sees(String eventType) {
        return !plain || types.contains(eventType);
    }

    /** Whether an event of this type may begin a match. */
    boolean mayStartWith(String eventType) {
        return startTypes.isEmpty() || startTypes.contains(eventType);
    }

    /** Whether this event may begin a match. */
    boolean mayStart(CustomerEvent event) {
        return event.time() < validUntil && mayStartWith(event.type()) && sequence.mayStart(event);
    }

    /** When a deadline next may bring a match; {@link Long#MAX_VALUE} for never. */
    long nextFinding(Progress progress) {
        long next = Long.MAX_VALUE;
        for (Running instance : progress.running.values()) {
            next = Math.min(next, nfa().nextFinding(instance));
        }
        return next;
    }

    /** When all deadlines are over; {@link Long#MIN_VALUE} if there is none. */
    long lastDeadline(Progress progress) {
        long last = Long.MIN_VALUE;
        for (Running instance : progress.running.values()) {
            last = Math.max(last, nfa().lastDeadline(instance));
        }
        return last;
    }

    /** What it finds waits in {@code progress}. */
    void step(Progress progress, CustomerEvent event) throws Exception {
        if (!sees(event.type())) {
            return;
        }
        String key = instance(event);
        if (key == null) {
            return;
        }
        Running running = progress.running.get(key);
        if (running != null && event.time() > running.lastTime) {
            // what falls due at the time of several events is settled before or after all of them
            fire(progress, running, event.time(), (match, when) -> progress.find(match));
            running.lastTime = event.time();
            if (Nfa.isIdle(running)) {
                progress.running.remove(key);
                running = null;
            }
        }
        if (running == null) {
            if (!mayStart(event)) {
                return;
            }
            running = nfa().start(event.time());
        }
        process(progress, key, running, event);
    }

    private void process(Progress progress, String key, Running running, CustomerEvent event)
            throws Exception {
        steps++;
        if (maker.needsNextEvent()) {
            running.see(event);
        }
        nfa().process(
                        running,
                        event,
                        (taken, when) ->
                                keep(taken, running, when, (match, at) -> progress.find(match)));
        if (event.time() >= validUntil) {
            nfa().dropStartedFrom(running, validUntil);
        }
        if (Nfa.isIdle(running)) {
            progress.settled(running, event.time() + 1);
            progress.running.remove(key);
        } else {
            progress.running.put(key, running);
        }
    }

    /** Fires every deadline up to and including {@code to}. */
    void fire(Progress progress, long to, Found found) throws Exception {
        if (progress.running.isEmpty()) {
            return;
        }
        Iterator<Running> instances = progress.running.values().iterator();
        while (instances.hasNext()) {
            Running running = instances.next();
            fire(progress, running, to, found);
            if (Nfa.isIdle(running)) {
                instances.remove();
            }
        }
    }

    private void fire(Progress progress, Running running, long to, Found found) throws Exception {
        Nfa engine = nfa();
        for (long deadline = engine.nextDeadline(running);
                deadline <= to && deadline < Long.MAX_VALUE;
                deadline = engine.nextDeadline(running)) {
            engine.fire(running, deadline, (taken, when) -> keep(taken, running, when, found));
            if (Nfa.isIdle(running)) {
                // what fires at the time of the last event fires after all events of that time
                progress.settled(running, Math.max(deadline, running.lastTime + 1));
                return;
            }
        }
    }

    private void keep(
            Map<String, List<CustomerEvent>> taken, Running running, long when, Found found) {
        Match match = maker.match(taken, running.seen());
        if (match.start() < validUntil) {
            found.accept(match, when);
        }
    }

    /** The value of {@code per}; null for an event without one, which takes no part. */
    private @Nullable String instance(CustomerEvent event) {
        if (definition.per().isEmpty()) {
            return "";
        }
        JsonNode value = event.properties();
        for (String name : definition.per()) {
            value = value.path(name);
        }
        return value.isValueNode() && !value.isNull() ? value.asText() : null;
    }

    private Nfa nfa() {
        Nfa current = nfa;
        if (current == null) {
            current = new Nfa(definition, sequence, limits.partialMatches());
            nfa = current;
        }
        return current;
    }

    /** Gives up what stepping needs; a later step makes it anew. */
    void close() {
        droppedBefore = dropped();
        nfa = null;
    }
}
