package io.tributary.pattern;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.AggregatingState;
import org.apache.flink.api.common.state.AggregatingStateDescriptor;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ReducingState;
import org.apache.flink.api.common.state.ReducingStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * The state of flink-cep's shared buffer on the heap: it lives as long as one replay and is cleared
 * after it. The buffer uses maps only.
 */
final class InMemoryState implements KeyedStateStore {

    private final List<HeapMap<?, ?>> maps = new ArrayList<>();

    void clear() {
        maps.forEach(HeapMap::clear);
    }

    @Override
    public <K, V> MapState<K, V> getMapState(MapStateDescriptor<K, V> descriptor) {
        HeapMap<K, V> map = new HeapMap<>();
        maps.add(map);
        return map;
    }

    private static final class HeapMap<K, V> implements MapState<K, V> {

        private final Map<K, V> entries = new HashMap<>();

        @Override
        @SuppressWarnings("NullAway") // Flink's contract: null for a missing key
        public @Nullable V get(K key) {
            return entries.get(key);
        }

        @Override
        public void put(K key, V value) {
            entries.put(key, value);
        }

        @Override
        public void putAll(Map<K, V> map) {
            entries.putAll(map);
        }

        @Override
        public void remove(K key) {
            entries.remove(key);
        }

        @Override
        public boolean contains(K key) {
            return entries.containsKey(key);
        }

        @Override
        public Iterable<Map.Entry<K, V>> entries() {
            return entries.entrySet();
        }

        @Override
        public Iterable<K> keys() {
            return entries.keySet();
        }

        @Override
        public Iterable<V> values() {
            return entries.values();
        }

        @Override
        public Iterator<Map.Entry<K, V>> iterator() {
            return entries.entrySet().iterator();
        }

        @Override
        public boolean isEmpty() {
            return entries.isEmpty();
        }

        @Override
        public void clear() {
            entries.clear();
        }
    }

    private static UnsupportedOperationException onlyMaps() {
        return new UnsupportedOperationException("the shared buffer keeps maps only");
    }

    @Override
    public <T> ValueState<T> getState(ValueStateDescriptor<T> descriptor) {
        throw onlyMaps();
    }

    @Override
    public <T> ListState<T> getListState(ListStateDescriptor<T> descriptor) {
        throw onlyMaps();
    }

    @Override
    public <T> ReducingState<T> getReducingState(ReducingStateDescriptor<T> descriptor) {
        throw onlyMaps();
    }

    @Override
    public <I, A, O> AggregatingState<I, O> getAggregatingState(
            AggregatingStateDescriptor<I, A, O> descriptor) {
        throw onlyMaps();
    }

    @Override
    public <T> org.apache.flink.api.common.state.v2.ValueState<T> getValueState(
            org.apache.flink.api.common.state.v2.ValueStateDescriptor<T> descriptor) {
        throw onlyMaps();
    }

    @Override
    public <T> org.apache.flink.api.common.state.v2.ListState<T> getListState(
            org.apache.flink.api.common.state.v2.ListStateDescriptor<T> descriptor) {
        throw onlyMaps();
    }

    @Override
    public <K, V> org.apache.flink.api.common.state.v2.MapState<K, V> getMapState(
            org.apache.flink.api.common.state.v2.MapStateDescriptor<K, V> descriptor) {
        throw onlyMaps();
    }

    @Override
    public <T> org.apache.flink.api.common.state.v2.ReducingState<T> getReducingState(
            org.apache.flink.api.common.state.v2.ReducingStateDescriptor<T> descriptor) {
        throw onlyMaps();
    }

    @Override
    public <I, A, O>
            org.apache.flink.api.common.state.v2.AggregatingState<I, O> getAggregatingState(
                    org.apache.flink.api.common.state.v2.AggregatingStateDescriptor<I, A, O>
                            descriptor) {
        throw onlyMaps();
    }

    @Override
    public String getBackendTypeIdentifier() {
        return "heap";
    }
}
