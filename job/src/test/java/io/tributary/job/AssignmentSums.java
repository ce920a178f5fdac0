package io.tributary.job;

import io.tributary.identity.Assignment;
import io.tributary.identity.SimulatedWorld;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.accumulators.ListAccumulator;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Adds up the signs by customer and event as whoever receives assignments does; a checkpoint takes
 * it back as well. One subtask, which tells its sums at the end of the input.
 */
final class AssignmentSums extends AbstractStreamOperator<Void>
        implements OneInputStreamOperator<Assignment, Void> {

    private static final long serialVersionUID = 1L;

    /**
     * Accumulates {@link SimulatedWorld#line}s; behind those whose sum is not 1 there is how often.
     */
    static final String LINES = "lines";

    private final long seed;

    private transient SimulatedWorld world;
    private transient ListState<Tuple2<String, Integer>> stored;
    private transient Map<String, Integer> sums;

    @SuppressWarnings("NullAway.Init") // initializeState() comes before everything else
    AssignmentSums(long seed) {
        this.seed = seed;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        world = new SimulatedWorld(seed);
        stored =
                context.getOperatorStateStore()
                        .getListState(
                                new ListStateDescriptor<>(
                                        "sums", Types.TUPLE(Types.STRING, Types.INT)));
        sums = new HashMap<>();
        for (Tuple2<String, Integer> sum : stored.get()) {
            sums.put(sum.f0, sum.f1);
        }
    }

    @Override
    public void processElement(StreamRecord<Assignment> element) {
        Assignment assignment = element.getValue();
        if (world.erases(assignment)) {
            return;
        }
        String line = SimulatedWorld.line(assignment.customer(), assignment.event());
        if (sums.merge(line, assignment.sign(), Integer::sum) == 0) {
            sums.remove(line);
        }
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        stored.clear();
        for (Map.Entry<String, Integer> sum : sums.entrySet()) {
            stored.add(Tuple2.of(sum.getKey(), sum.getValue()));
        }
    }

    @Override
    public void finish() {
        ListAccumulator<String> lines = new ListAccumulator<>();
        sums.forEach((line, sum) -> lines.add(sum == 1 ? line : line + " " + sum + " times"));
        getRuntimeContext().addAccumulator(LINES, lines);
    }
}
