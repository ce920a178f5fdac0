package io.tributary.identity;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.util.InstantiationUtil;

/**
 * One subtask as Flink's network stack runs it: its watermark is the minimum of its channels, a
 * checkpoint is taken when the barrier has come through all of them, records travel as bytes to
 * where their key's group is. On its own a reader, which nothing comes to.
 */
class Subtask {

    /** Key groups, as few as make every subtask have several. */
    static final int MAX_PARALLELISM = 16;

    private record Mark(long time) {}

    private record Barrier(Checkpoint checkpoint) {}

    private final List<Channel> inputs = new ArrayList<>();
    private final Map<Integer, List<Channel>> outputs = new TreeMap<>();
    private long watermark = Long.MIN_VALUE;

    /** To all subtasks of a stage. */
    final void connect(int stage, List<? extends Subtask> subtasks, List<Channel> ready) {
        List<Channel> channels = new ArrayList<>();
        for (Subtask subtask : subtasks) {
            Channel channel = new Channel(subtask, ready);
            subtask.inputs.add(channel);
            channels.add(channel);
        }
        outputs.put(stage, channels);
    }

    final <T> void send(int stage, String key, T value, TypeSerializer<T> serializer)
            throws IOException {
        List<Channel> channels = outputs.get(stage);
        if (channels == null) {
            throw new IllegalStateException("downward: " + value);
        }
        int to =
                KeyGroupRangeAssignment.assignKeyToParallelOperator(
                        key, MAX_PARALLELISM, channels.size());
        byte[] bytes = InstantiationUtil.serializeToByteArray(serializer, value);
        channels.get(to).put(InstantiationUtil.deserializeFromByteArray(serializer, bytes));
    }

    final <T> void sendToAll(T value, TypeSerializer<T> serializer) throws IOException {
        byte[] bytes = InstantiationUtil.serializeToByteArray(serializer, value);
        broadcast(InstantiationUtil.deserializeFromByteArray(serializer, bytes));
    }

    final void take(Object element, Channel from) throws Exception {
        if (element instanceof Mark passed) {
            from.watermark(passed.time());
            advance(inputs.stream().mapToLong(Channel::watermark).min().orElseThrow());
        } else if (element instanceof Barrier barrier) {
            from.block();
            if (inputs.stream().allMatch(Channel::isBlocked)) {
                checkpoint(barrier.checkpoint());
                inputs.forEach(Channel::unblock);
            }
        } else {
            process(element);
        }
    }

    /** Event time goes on here, and then in those that hear from it. */
    final void advance(long time) throws Exception {
        if (time > watermark) {
            watermark = time;
            onWatermark(time);
            broadcast(new Mark(time));
        }
    }

    final void checkpoint(Checkpoint checkpoint) throws Exception {
        snapshot(checkpoint);
        broadcast(new Barrier(checkpoint));
    }

    private void broadcast(Object element) {
        outputs.values().forEach(channels -> channels.forEach(to -> to.put(element)));
    }

    void process(Object element) throws Exception {
        throw new IllegalStateException("nothing comes here: " + element);
    }

    void onWatermark(long time) throws Exception {}

    void snapshot(Checkpoint checkpoint) throws Exception {}

    void close() throws Exception {}
}
