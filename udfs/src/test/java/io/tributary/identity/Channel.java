package io.tributary.identity;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** From one subtask to another, first in, first out; silent while a barrier waits for others. */
final class Channel {

    private final Subtask to;
    private final List<Channel> ready;
    private final Deque<Object> queue = new ArrayDeque<>();
    private boolean listed;
    private boolean blocked;
    private long watermark = Long.MIN_VALUE;

    /**
     * @param ready the channels that have something to deliver
     */
    Channel(Subtask to, List<Channel> ready) {
        this.to = to;
        this.ready = ready;
    }

    void put(Object element) {
        queue.add(element);
        list();
    }

    private void list() {
        if (!listed && !blocked && !queue.isEmpty()) {
            listed = true;
            ready.add(this);
        }
    }

    /** Hands over the next element; the channel has been taken off the ready ones. */
    void deliver() throws Exception {
        listed = false;
        to.take(queue.remove(), this);
        list();
    }

    void block() {
        blocked = true;
    }

    void unblock() {
        blocked = false;
        list();
    }

    boolean isBlocked() {
        return blocked;
    }

    long watermark() {
        return watermark;
    }

    void watermark(long time) {
        watermark = time;
    }
}
