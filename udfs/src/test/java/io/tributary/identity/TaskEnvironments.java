package io.tributary.identity;

import java.util.HashMap;
import java.util.Map;
import org.apache.flink.runtime.operators.testutils.MockEnvironment;
import org.apache.flink.runtime.operators.testutils.MockEnvironmentBuilder;

/**
 * What surrounds a subtask on a harness, used again and again: each has threads of its own, so that
 * one for every harness would take longer than what is tested.
 */
final class TaskEnvironments implements AutoCloseable {

    private record Slot(String task, int parallelism, int index) {}

    private final Map<Slot, MockEnvironment> environments = new HashMap<>();

    /**
     * @param task harnesses that are configured differently cannot share one
     */
    MockEnvironment of(String task, int parallelism, int index) {
        return environments.computeIfAbsent(
                new Slot(task, parallelism, index),
                slot ->
                        new MockEnvironmentBuilder()
                                .setTaskName(slot.task())
                                .setMaxParallelism(Subtask.MAX_PARALLELISM)
                                .setParallelism(slot.parallelism())
                                .setSubtaskIndex(slot.index())
                                .build());
    }

    @Override
    public void close() throws Exception {
        for (MockEnvironment environment : environments.values()) {
            environment.close();
        }
    }
}
