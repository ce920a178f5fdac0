package io.tributary.identity;

import io.tributary.definition.Definitions;
import io.tributary.erasure.Erasure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.runtime.operators.testutils.MockEnvironment;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/** The stages of the identity part, each subtask the real operator on a harness of Flink. */
final class OperatorSubtasks {

    /** The stage after the layers, which are numbered by rank. */
    static final int ALIASES = World.NAMESPACES.size();

    static final int CUSTOMERS = ALIASES + 1;

    static final TypeSerializer<IdentityMessage> MESSAGES = serializer(IdentityMessage.class);
    static final TypeSerializer<AccountNews> NEWS = serializer(AccountNews.class);
    private static final TypeSerializer<Erasure> ERASURES = serializer(Erasure.class);
    private static final TypeSerializer<Assignment> ASSIGNMENTS = serializer(Assignment.class);

    /** So few that most identifiers are written and read again. */
    private static final int CACHED = 2;

    private OperatorSubtasks() {}

    private static <T> TypeSerializer<T> serializer(Class<T> type) {
        SerializerConfigImpl config = new SerializerConfigImpl();
        config.setGenericTypes(false);
        return TypeInformation.of(type).createSerializer(config);
    }

    static <T> List<T> side(AbstractStreamOperatorTestHarness<?> from, OutputTag<T> tag) {
        Queue<StreamRecord<T>> queue = from.getSideOutput(tag);
        if (queue == null || queue.isEmpty()) {
            return List.of();
        }
        List<T> values = new ArrayList<>();
        queue.forEach(record -> values.add(record.getValue()));
        queue.clear();
        return values;
    }

    private static void open(
            AbstractStreamOperatorTestHarness<?> harness,
            @Nullable Checkpoint from,
            int stage,
            int index,
            int parallelism)
            throws Exception {
        ((SerializerConfigImpl) harness.getExecutionConfig().getSerializerConfig())
                .setGenericTypes(false);
        if (from != null) {
            harness.initializeState(from.of(stage, index, parallelism));
        }
        harness.open();
    }

    /** The operator of one rank. */
    static final class Layer extends Subtask {

        private final int rank;
        private final int index;
        private final int parallelism;
        private final LayerHarness harness;

        Layer(
                MockEnvironment environment,
                Definitions definitions,
                Duration kept,
                int rank,
                @Nullable Checkpoint from)
                throws Exception {
            this.rank = rank;
            this.index = environment.getTaskInfo().getIndexOfThisSubtask();
            this.parallelism = environment.getTaskInfo().getNumberOfParallelSubtasks();
            harness =
                    new LayerHarness(
                            new IdentityOperator(
                                    definitions, kept, World.NAMESPACES.get(rank), CACHED),
                            environment);
            OperatorSubtasks.open(harness, from, rank, index, parallelism);
        }

        @Override
        void process(Object element) throws Exception {
            if (element instanceof Erasure erasure) {
                harness.hear(erasure);
            } else {
                harness.hear((IdentityMessage) element);
            }
            drain();
        }

        @Override
        void onWatermark(long time) throws Exception {
            harness.advance(time);
            harness.setProcessingTime(harness.getProcessingTime() + 10); // a slice of a sweep
            drain();
        }

        private void drain() throws Exception {
            for (int above = 0; above < ALIASES; above++) {
                for (IdentityMessage message :
                        side(harness, ClaimFunction.to(World.NAMESPACES.get(above)))) {
                    send(above, message.key(), message, MESSAGES);
                }
            }
            for (Assignment assignment : harness.extractOutputValues()) {
                send(CUSTOMERS, assignment.customer(), assignment, ASSIGNMENTS);
            }
            harness.getOutput().clear();
        }

        @Override
        void snapshot(Checkpoint checkpoint) throws Exception {
            checkpoint.put(
                    rank, index, parallelism, harness.snapshot(checkpoint.id, checkpoint.id));
        }

        int timers() {
            return harness.numEventTimeTimers();
        }

        /** What is left in state. */
        int left() throws Exception {
            harness.snapshot(Long.MAX_VALUE, 0); // writes what is on the heap
            return harness.entries();
        }

        @Override
        void close() throws Exception {
            harness.close();
        }
    }

    /** The one that knows all accounts. */
    static final class Aliases extends Subtask {

        private final KeyedOneInputStreamOperatorTestHarness<String, AccountNews, IdentityMessage>
                harness;

        Aliases(MockEnvironment environment, @Nullable Checkpoint from) throws Exception {
            harness =
                    new KeyedOneInputStreamOperatorTestHarness<>(
                            new KeyedProcessOperator<>(new AliasFunction()),
                            news -> AliasFunction.KEY,
                            Types.STRING,
                            environment);
            OperatorSubtasks.open(harness, from, ALIASES, 0, 1);
        }

        @Override
        void process(Object element) throws Exception {
            harness.processElement((AccountNews) element, 0);
            drain();
        }

        @Override
        void onWatermark(long time) throws Exception {
            harness.processWatermark(time);
            drain();
        }

        private void drain() throws Exception {
            for (Erasure erasure : side(harness, AliasFunction.ERASURES)) {
                sendToAll(erasure, ERASURES);
            }
            for (IdentityMessage message : harness.extractOutputValues()) {
                send(ALIASES - 1, message.key(), message, MESSAGES);
            }
            harness.getOutput().clear(); // watermarks too
        }

        @Override
        void snapshot(Checkpoint checkpoint) throws Exception {
            checkpoint.put(ALIASES, 0, 1, harness.snapshot(checkpoint.id, checkpoint.id));
        }

        @Override
        void close() throws Exception {
            harness.close();
        }
    }

    /** Adds up the signs, and is rolled back like all others. */
    static final class Customers extends Subtask {

        private final Map<String, Integer> sums;

        private final SimulatedWorld world;

        Customers(SimulatedWorld world, @Nullable Checkpoint from) {
            this.world = world;
            sums = from == null ? new HashMap<>() : from.sums();
        }

        /** By customer and event, without those that are 0. */
        Map<String, Integer> sums() {
            return sums;
        }

        @Override
        void process(Object element) {
            Assignment assignment = (Assignment) element;
            if (world.erases(assignment)) {
                return;
            }
            String line = SimulatedWorld.line(assignment.customer(), assignment.event());
            if (sums.merge(line, assignment.sign(), Integer::sum) == 0) {
                sums.remove(line);
            }
        }

        @Override
        void snapshot(Checkpoint checkpoint) {
            checkpoint.complete(sums);
        }
    }
}
