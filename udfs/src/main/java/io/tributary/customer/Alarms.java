package io.tributary.customer;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * When event time wakes customers. Those on the heap are woken from a queue beside them, because
 * most alarms go off, or are set to another time, before their customer is stored; a customer who
 * is stored has one timer of Flink's, for the same time.
 *
 * <p>An alarm may go off early, never late.
 */
final class Alarms {

    /** Flink's timers of the current key. */
    interface Timers {
        void register(long time);

        void delete(long time);
    }

    /** One that is due, unless the customer has another one by then. */
    private record Alarm(long time, String customer) {}

    /**
     * So many for each customer on the heap are kept before those that do not count are dropped.
     */
    private static final int KEPT = 4;

    private final Timers timers;
    private final Function<String, @Nullable Customer> onHeap;
    private final int most;
    private final PriorityQueue<Alarm> queue =
            new PriorityQueue<>(Comparator.comparingLong(Alarm::time));

    /**
     * @param onHeap a customer on the heap; null for who is not
     * @param capacity most customers on the heap
     */
    Alarms(Timers timers, Function<String, @Nullable Customer> onHeap, int capacity) {
        this.timers = timers;
        this.onHeap = onHeap;
        this.most = Math.max(1024, KEPT * capacity);
    }

    /** Alarms that are kept, also those that do not count any more. */
    int size() {
        return queue.size();
    }

    /** Wakes a customer at a time or before. */
    void set(Customer customer, long time) {
        if (time >= customer.wakeAt) {
            return;
        }
        customer.wakeAt = time;
        customer.dirty = true;
        if (queue.size() >= most) {
            queue.removeIf(alarm -> counting(alarm) == null);
        }
        queue.add(new Alarm(time, customer.id));
    }

    /**
     * The next customer on the heap to be woken, see {@link #goesOff}; null if there is none.
     *
     * @param watermark up to which event time has come
     */
    @Nullable Customer next(long watermark) {
        for (Alarm first = queue.peek();
                first != null && first.time() <= watermark;
                first = queue.peek()) {
            queue.remove();
            Customer customer = counting(first);
            if (customer != null) {
                return customer;
            }
        }
        return null;
    }

    /** The time of a customer's alarm, which is over. */
    static long goesOff(Customer customer) {
        long time = customer.wakeAt;
        customer.wakeAt = customer.timerAt;
        return time;
    }

    /** Null for an alarm that was set to another time, or that a timer has taken over. */
    private @Nullable Customer counting(Alarm alarm) {
        Customer customer = onHeap.apply(alarm.customer());
        return customer != null
                        && customer.wakeAt == alarm.time()
                        && customer.timerAt != alarm.time()
                ? customer
                : null;
    }

    /**
     * A timer has fired.
     *
     * @return whether it was this customer's
     */
    static boolean fired(Customer customer, long time) {
        if (customer.timerAt != time) {
            return false;
        }
        customer.timerAt = Long.MAX_VALUE;
        if (customer.wakeAt == time) {
            customer.wakeAt = Long.MAX_VALUE;
        }
        customer.dirty = true;
        return true;
    }

    /** Gives the current key, a customer who is about to be stored, the timer that it needs. */
    void store(Customer customer) {
        if (customer.timerAt == customer.wakeAt) {
            return;
        }
        if (customer.timerAt != Long.MAX_VALUE) {
            timers.delete(customer.timerAt);
        }
        if (customer.wakeAt != Long.MAX_VALUE) {
            timers.register(customer.wakeAt);
        }
        customer.timerAt = customer.wakeAt;
    }
}
