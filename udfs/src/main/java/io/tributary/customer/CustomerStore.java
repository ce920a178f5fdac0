package io.tributary.customer;

import io.tributary.journey.CustomerSummary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.jspecify.annotations.Nullable;

/**
 * Customers between heap and keyed state: those used lately stay on the heap, and what changed is
 * written when a customer leaves it or a checkpoint is taken. Who leaves is chosen by second
 * chance: the one read first who was not used since they were last spared. A use then costs one
 * mark, and not a place in a list of all.
 *
 * <p>State of a customer, all bounded by the retention horizon: {@code state} (see {@link
 * CustomerState}), {@code log} (chunks, appended to) and {@code base}, which is rarely touched.
 * Once the horizon has passed after the last event all three are gone, except that a customer's
 * consents are remembered.
 */
final class CustomerStore {

    /** Flink's keys. */
    interface Keys {

        /** Points the keyed state at a customer. */
        void setCurrentKey(Object customer);

        /** The current key is about to be stored. */
        void keepTimer(Customer customer);
    }

    /** Name of the state that every customer has who is stored. */
    static final String STATE = "state";

    private CustomerEvaluator evaluator;
    private final Keys keys;
    private final int capacity;
    private final ValueState<CustomerState> state;
    private final ListState<LogChunk> log;
    private final ValueState<CustomerSummary> base;
    private final Map<String, Customer> cached = new HashMap<>();

    /** The same, next to leave first. */
    private final Deque<Customer> leaving = new ArrayDeque<>();

    private @Nullable String current;
    private long hits;
    private long misses;

    /**
     * @param capacity most customers on the heap
     */
    CustomerStore(CustomerEvaluator evaluator, KeyedStateStore states, Keys keys, int capacity) {
        this.evaluator = evaluator;
        this.keys = keys;
        this.capacity = capacity;
        this.state =
                states.getState(
                        new ValueStateDescriptor<>(STATE, CustomerStateSerializer.INSTANCE));
        this.log =
                states.getListState(new ListStateDescriptor<>("log", LogChunkSerializer.INSTANCE));
        this.base =
                states.getState(
                        new ValueStateDescriptor<>(
                                "base", TypeInformation.of(CustomerSummary.class)));
    }

    /** Customers found on the heap so far. */
    long hits() {
        return hits;
    }

    /** Customers that had to be read so far. */
    long misses() {
        return misses;
    }

    /** Customers on the heap. */
    int size() {
        return cached.size();
    }

    /** Points the keyed state at a customer. */
    void pointAt(String customer) {
        if (!customer.equals(current)) {
            keys.setCurrentKey(customer);
            current = customer;
        }
    }

    /** Flink has pointed the keyed state at a customer itself. */
    void isPointedAt(String customer) {
        current = customer;
    }

    Customer get(String id) throws Exception {
        Customer customer = cached.get(id);
        if (customer != null) {
            hits++;
            customer.used = true;
            return customer;
        }
        misses++;
        if (cached.size() >= capacity) {
            evictOne();
        }
        pointAt(id);
        Customer read = read(id);
        cached.put(id, read);
        leaving.add(read);
        return read;
    }

    /** Null for who is not on the heap; does not count as a use. */
    @Nullable Customer onHeap(String id) {
        return cached.get(id);
    }

    private Customer read(String id) throws Exception {
        return customer(id, Optional.ofNullable(state.value()).orElse(CustomerState.NEW));
    }

    private Customer customer(String id, CustomerState stored) {
        return new Customer(id, stored, evaluator.patterns(), evaluator.fold(), new Stored(id));
    }

    /**
     * A customer, if they were last evaluated with other definitions; null if not. Makes no room
     * for them on the heap.
     */
    @Nullable Customer behind(String id) throws Exception {
        long library = evaluator.patterns().fingerprint();
        if (cached.containsKey(id)) {
            Customer customer = get(id);
            return customer.library == library ? null : customer;
        }
        pointAt(id);
        CustomerState stored = state.value();
        boolean upToDate =
                stored == null || stored.library() == library || stored.ids().length == 0;
        return upToDate ? null : customer(id, stored);
    }

    /** Stores a customer who came from {@link #behind}, unless they are on the heap. */
    void leave(Customer customer) throws Exception {
        if (!cached.containsKey(customer.id) && customer.dirty) {
            write(customer);
        }
    }

    /** Goes on with another evaluator; nobody stays on the heap. */
    void use(CustomerEvaluator other) throws Exception {
        flush();
        cached.clear();
        leaving.clear();
        evaluator = other;
    }

    private void evictOne() throws Exception {
        Customer next = leaving.remove();
        while (next.used) {
            next.used = false;
            leaving.add(next);
            next = leaving.remove();
        }
        cached.remove(next.id);
        if (next.dirty) {
            write(next);
        }
    }

    /** Before a checkpoint: nothing is on the heap only. */
    void flush() throws Exception {
        for (Customer customer : cached.values()) {
            if (customer.dirty) {
                write(customer);
            }
        }
        if (cached.values().removeIf(Customer::isGone)) {
            leaving.removeIf(Customer::isGone);
        }
    }

    private void write(Customer customer) throws Exception {
        pointAt(customer.id);
        CustomerLog.@Nullable Trimmed trimmed = customer.log.takeTrimmed();
        if (trimmed != null) {
            log.update(trimmed.log().isEmpty() ? List.of() : List.of(trimmed.log()));
            if (trimmed.base().equals(CustomerSummary.EMPTY)) {
                base.clear();
            } else {
                base.update(trimmed.base());
            }
        }
        LogChunk unstored = customer.log.takeUnstored();
        if (!unstored.isEmpty()) {
            log.add(unstored);
        }
        keys.keepTimer(customer);
        if (customer.isGone()) {
            state.clear();
        } else {
            state.update(customer.state());
        }
        customer.dirty = false;
    }

    private interface Read<T> {
        T read() throws Exception;
    }

    private <T> T pointed(String id, Read<T> read) {
        pointAt(id);
        try {
            return read.read();
        } catch (IOException e) {
            throw new UncheckedIOException("state of " + id, e);
        } catch (Exception e) {
            throw new IllegalStateException("state of " + id, e);
        }
    }

    /** What is stored of one customer. */
    private final class Stored implements CustomerLog.Stored {

        private final String id;

        Stored(String id) {
            this.id = id;
        }

        @Override
        public Iterable<LogChunk> chunks() {
            return pointed(id, log::get);
        }

        @Override
        public CustomerSummary base() {
            return pointed(
                    id, () -> Optional.ofNullable(base.value()).orElse(CustomerSummary.EMPTY));
        }
    }
}
