package io.tributary.customer;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * What every subtask remembers of the definitions.
 *
 * <p>Broadcast state, the same on all: {@code definitions} (what the topic said, one entry a
 * version) and {@code libraries} (the last {@link LibraryHistory#KEPT}). Union state, one entry a
 * subtask: {@code swept}, the library that all its customers have met.
 */
final class DefinitionsStore {

    /** Of a subtask in the middle of a sweep. */
    private static final long UNDER_WAY = 0;

    private final BroadcastState<String, Deployed> definitions;
    private final BroadcastState<Long, KnownLibrary> libraries;
    private final ListState<Long> swept;

    DefinitionsStore(OperatorStateStore states) throws Exception {
        definitions =
                states.getBroadcastState(
                        new MapStateDescriptor<>(
                                "definitions", Types.STRING, TypeInformation.of(Deployed.class)));
        libraries =
                states.getBroadcastState(
                        new MapStateDescriptor<>(
                                "libraries", Types.LONG, TypeInformation.of(KnownLibrary.class)));
        swept = states.getUnionListState(new ListStateDescriptor<>("swept", Types.LONG));
    }

    List<Deployed> definitions() throws Exception {
        List<Deployed> all = new ArrayList<>();
        definitions.immutableEntries().forEach(entry -> all.add(entry.getValue()));
        return all;
    }

    void keepDefinitions(Map<String, Deployed> now) throws Exception {
        definitions.clear();
        definitions.putAll(now);
    }

    List<KnownLibrary> libraries() throws Exception {
        List<KnownLibrary> all = new ArrayList<>();
        libraries.immutableEntries().forEach(entry -> all.add(entry.getValue()));
        return all;
    }

    void keepLibraries(Collection<KnownLibrary> now) throws Exception {
        Map<Long, KnownLibrary> byPosition = new TreeMap<>();
        now.forEach(library -> byPosition.put(library.position(), library));
        libraries.clear();
        libraries.putAll(byPosition);
    }

    /** Whether all customers of all subtasks had met this library when the state was stored. */
    boolean isSwept(long library) throws Exception {
        boolean any = false;
        for (long fingerprint : swept.get()) {
            any = true;
            if (fingerprint != library) {
                return false;
            }
        }
        return any;
    }

    /** Before a checkpoint. */
    void keepSwept(long library, boolean done) throws Exception {
        swept.update(List.of(done ? library : UNDER_WAY));
    }
}
