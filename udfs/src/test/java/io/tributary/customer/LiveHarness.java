package io.tributary.customer;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.definition.Definitions;
import io.tributary.event.CanonicalJson;
import io.tributary.event.CustomerEvent;
import io.tributary.identity.Assignment;
import io.tributary.ledger.LedgerEntry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;

/** The live customer operator on Flink harnesses, one a subtask. */
final class LiveHarness implements AutoCloseable {

    private static final int GROUPS = 8;

    private final Definitions files;
    private Horizon horizon;
    private final boolean rocksDb;
    private final List<Subtask> subtasks = new ArrayList<>();
    private final List<LedgerEntry> told = new ArrayList<>();
    private final List<JsonNode> statuses = new ArrayList<>();
    private long watermark = Long.MIN_VALUE;
    private long now = 1;
    private long offset;

    private static final class Subtask
            extends KeyedTwoInputStreamOperatorTestHarness<
                    String, Assignment, DefinitionRecord, LedgerEntry> {
        Subtask(LiveCustomerOperator operator, int parallelism, int index) throws Exception {
            super(operator, Assignment::customer, null, Types.STRING, GROUPS, parallelism, index);
        }
    }

    LiveHarness() throws Exception {
        this(TestDefinitions.shop(), CustomerHarness.HORIZON, false);
    }

    LiveHarness(Definitions files, Horizon horizon, boolean rocksDb) throws Exception {
        this.files = files;
        this.horizon = horizon;
        this.rocksDb = rocksDb;
        open(1, 1, null);
    }

    private void open(int before, int parallelism, @Nullable OperatorSubtaskState state)
            throws Exception {
        for (int i = 0; i < parallelism; i++) {
            Subtask subtask =
                    new Subtask(
                            new LiveCustomerOperator(
                                    files, horizon, CustomerLimits.DEFAULT, () -> 0),
                            parallelism,
                            i);
            ((SerializerConfigImpl) subtask.getExecutionConfig().getSerializerConfig())
                    .setGenericTypes(false);
            if (rocksDb) {
                subtask.setStateBackend(new EmbeddedRocksDBStateBackend());
            }
            subtask.setProcessingTime(now);
            if (state != null) {
                subtask.initializeState(
                        AbstractStreamOperatorTestHarness.repartitionOperatorState(
                                state, GROUPS, before, parallelism, i));
            }
            subtask.open();
            subtasks.add(subtask);
        }
        drain();
    }

    LiveHarness plus(String customer, CustomerEvent event) throws Exception {
        int index =
                KeyGroupRangeAssignment.assignKeyToParallelOperator(
                        customer, GROUPS, subtasks.size());
        subtasks.get(index)
                .processElement1(
                        new StreamRecord<>(Assignment.plus(customer, event), event.time()));
        drain();
        return this;
    }

    LiveHarness watermark(long time) throws Exception {
        watermark = Math.max(watermark, time);
        for (Subtask subtask : subtasks) {
            subtask.processBothWatermarks(new Watermark(watermark));
        }
        drain();
        return this;
    }

    /**
     * @param time of the Kafka record
     */
    LiveHarness deploy(String key, @Nullable String value, long time) throws Exception {
        DefinitionRecord record = new DefinitionRecord(key, value, key + ".yaml", time, offset++);
        for (Subtask subtask : subtasks) {
            subtask.processElement2(new StreamRecord<>(record));
        }
        drain();
        return this;
    }

    /** Lets processing time pass. */
    LiveHarness pass(long millis) throws Exception {
        now += millis;
        for (Subtask subtask : subtasks) {
            subtask.setProcessingTime(now);
        }
        drain();
        return this;
    }

    LiveHarness restart(int parallelism, Horizon other) throws Exception {
        horizon = other;
        return restart(parallelism);
    }

    /** Ends the subtasks and starts as many others from their checkpoint. */
    LiveHarness restart(int parallelism) throws Exception {
        int before = subtasks.size();
        OperatorSubtaskState[] states = new OperatorSubtaskState[before];
        for (int i = 0; i < before; i++) {
            states[i] = subtasks.get(i).snapshot(1, 1);
        }
        close();
        subtasks.clear();
        open(before, parallelism, AbstractStreamOperatorTestHarness.repackageState(states));
        return this;
    }

    private void drain() {
        for (Subtask subtask : subtasks) {
            for (Object output : subtask.getOutput()) {
                if (output instanceof StreamRecord<?> record
                        && record.getValue() instanceof LedgerEntry entry) {
                    told.add(entry);
                }
            }
            subtask.getOutput().clear();
            Queue<StreamRecord<DefinitionsStatus>> queue =
                    subtask.getSideOutput(LiveCustomerOperator.STATUS);
            if (queue != null) {
                queue.forEach(
                        record ->
                                statuses.add(
                                        CanonicalJson.parse(
                                                record.getValue()
                                                        .json()
                                                        .getBytes(StandardCharsets.UTF_8))));
                queue.clear();
            }
        }
    }

    /** {@code id@version customer} and the sum of its signs, of what stands. */
    Map<String, Integer> standing() {
        Map<String, Integer> sums = new TreeMap<>();
        for (LedgerEntry entry : told) {
            String key =
                    entry.match().pattern()
                            + "@"
                            + entry.match().version()
                            + " "
                            + entry.customer();
            sums.merge(key, entry.sign(), Integer::sum);
            sums.remove(key, 0);
        }
        return sums;
    }

    List<LedgerEntry> told() {
        return told;
    }

    /** Of documents of this type: the given fields, separated by spaces, in order. */
    List<String> statuses(String type, String... fields) {
        return statuses.stream()
                .filter(status -> status.path("type").asText().equals(type))
                .map(
                        status -> {
                            List<String> words = new ArrayList<>();
                            for (String field : fields) {
                                JsonNode value = status.path(field);
                                words.add(value.isValueNode() ? value.asText() : value.toString());
                            }
                            return String.join(" ", words);
                        })
                .toList();
    }

    @Override
    public void close() throws Exception {
        for (Subtask subtask : subtasks) {
            subtask.close();
        }
    }
}
