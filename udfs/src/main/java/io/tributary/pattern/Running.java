package io.tributary.pattern;

import io.tributary.event.CustomerEvent;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.cep.nfa.NFAState;
import org.apache.flink.cep.nfa.sharedbuffer.HeapSharedBuffer;

/** One instance of a definition that is under way at one customer, on the heap. */
final class Running {

    final NFAState state;
    final HeapSharedBuffer.Contents<CustomerEvent> contents = new HeapSharedBuffer.Contents<>();

    /** Time of the first event; nothing before it matters. */
    final long since;

    /** How far the NFA has been stepped: the last event, or the last deadline fired. */
    long clock = Long.MIN_VALUE;

    /** Time of the last event that was looked at. */
    long lastTime;

    /**
     * The events stepped so far, kept where a closing {@code notNext} has to know what came next.
     */
    private final List<CustomerEvent> seen = new ArrayList<>(0);

    Running(NFAState state, long since) {
        this.state = state;
        this.since = since;
        this.lastTime = since;
    }

    void see(CustomerEvent event) {
        seen.add(event);
    }

    List<CustomerEvent> seen() {
        return seen;
    }
}
