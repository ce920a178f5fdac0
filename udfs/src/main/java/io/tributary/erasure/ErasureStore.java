package io.tributary.erasure;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * What every subtask of a stage remembers of the erasures, for good: a replay of any age must not
 * bring back what is gone. An erasure waits until event time has reached the request, so that what
 * happened before it is known; from then on it is in force.
 *
 * <p>Broadcast state, the same on all: {@code erasures} in force and {@code erasures-ahead}, by
 * name; a hash, an id and a time each. Union state: {@code erasures-unswept}, the names of those
 * that some key of the subtask has perhaps not met.
 */
public final class ErasureStore {

    private final BroadcastState<String, Erasure> inForce;
    private final BroadcastState<String, Erasure> ahead;
    private final ListState<String> unsweptNames;
    private final Erasures erasures = new Erasures();

    /** Not in force yet; on the heap because every watermark asks. */
    private final Map<String, Erasure> waiting = new LinkedHashMap<>();

    private final Map<String, Erasure> unswept = new LinkedHashMap<>();

    public ErasureStore(OperatorStateStore states) throws Exception {
        inForce = states.getBroadcastState(descriptor("erasures"));
        ahead = states.getBroadcastState(descriptor("erasures-ahead"));
        unsweptNames =
                states.getUnionListState(
                        new ListStateDescriptor<>("erasures-unswept", Types.STRING));
        for (Map.Entry<String, Erasure> known : inForce.immutableEntries()) {
            erasures.add(known.getValue());
        }
        ahead.immutableEntries().forEach(known -> waiting.put(known.getKey(), known.getValue()));
        for (String name : unsweptNames.get()) {
            Erasure known = inForce.get(name);
            if (known != null) {
                unswept.put(name, known);
            }
        }
    }

    private static MapStateDescriptor<String, Erasure> descriptor(String name) {
        return new MapStateDescriptor<>(name, Types.STRING, TypeInformation.of(Erasure.class));
    }

    /** Those in force; grows as event time passes. */
    public Erasures erasures() {
        return erasures;
    }

    /** Takes in a request; the same one again is nothing new. */
    public void add(Erasure erasure) throws Exception {
        String name = erasure.name();
        if (!inForce.contains(name) && waiting.putIfAbsent(name, erasure) == null) {
            ahead.put(name, erasure);
        }
    }

    /** Puts those in force whose time has come; returns them. */
    public List<Erasure> advance(long watermark) throws Exception {
        if (waiting.isEmpty()) {
            return List.of();
        }
        List<Erasure> due = new ArrayList<>();
        for (Erasure erasure : waiting.values()) {
            if (erasure.until() <= watermark) {
                due.add(erasure);
            }
        }
        for (Erasure erasure : due) {
            waiting.remove(erasure.name());
            ahead.remove(erasure.name());
            inForce.put(erasure.name(), erasure);
            erasures.add(erasure);
            unswept.put(erasure.name(), erasure);
        }
        return due;
    }

    /** How many wait for their time. */
    public int waiting() {
        return waiting.size();
    }

    /** Those that some key has perhaps not met. */
    public Collection<Erasure> unswept() {
        return unswept.values();
    }

    /** Every key has met them. */
    public void swept(Collection<Erasure> all) {
        all.forEach(erasure -> unswept.remove(erasure.name()));
    }

    /** Before a checkpoint. */
    public void flush() throws Exception {
        unsweptNames.update(List.copyOf(unswept.keySet()));
    }
}
