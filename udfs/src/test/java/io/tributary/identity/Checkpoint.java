package io.tributary.identity;

import java.util.HashMap;
import java.util.Map;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;

/** What all subtasks had when its barrier went through them. */
final class Checkpoint {

    final long id;
    private final int parallelism;
    private final int[] positions;
    private final Map<Integer, OperatorSubtaskState[]> states = new HashMap<>();
    private @Nullable Map<String, Integer> sums;

    /**
     * @param positions how many events of each split had been read
     */
    Checkpoint(long id, int parallelism, int[] positions) {
        this.id = id;
        this.parallelism = parallelism;
        this.positions = positions.clone();
    }

    int parallelism() {
        return parallelism;
    }

    int[] positions() {
        return positions.clone();
    }

    void put(int stage, int subtask, int subtasks, OperatorSubtaskState state) {
        states.computeIfAbsent(stage, s -> new OperatorSubtaskState[subtasks])[subtask] = state;
    }

    /** The customers come last: whoever hears of a barrier later than all others. */
    void complete(Map<String, Integer> told) {
        sums = new HashMap<>(told);
    }

    boolean isComplete() {
        return sums != null;
    }

    Map<String, Integer> sums() {
        return sums == null ? new HashMap<>() : new HashMap<>(sums);
    }

    /** What a subtask starts from, however many of them there were and are. */
    OperatorSubtaskState of(int stage, int subtask, int subtasks) throws Exception {
        OperatorSubtaskState[] all = states.get(stage);
        if (all == null) {
            throw new IllegalStateException("no state of stage " + stage);
        }
        return AbstractStreamOperatorTestHarness.repartitionOperatorState(
                AbstractStreamOperatorTestHarness.repackageState(all),
                Subtask.MAX_PARALLELISM,
                all.length,
                subtasks,
                subtask);
    }
}
