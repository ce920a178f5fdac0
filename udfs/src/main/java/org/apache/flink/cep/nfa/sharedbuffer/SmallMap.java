package org.apache.flink.cep.nfa.sharedbuffer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/**
 * A map that mostly holds a handful: those are found faster by comparing than by hashing, which for
 * flink-cep's ids makes an array each time.
 */
@NullMarked
final class SmallMap<K, V> {

    private static final int FEW = 8;

    private final List<K> keys = new ArrayList<>(2);
    private final List<V> values = new ArrayList<>(2);
    private @Nullable Map<K, V> many;

    boolean isEmpty() {
        return many == null ? keys.isEmpty() : many.isEmpty();
    }

    @Nullable V get(K key) {
        if (many != null) {
            return many.get(key);
        }
        int place = keys.indexOf(key);
        return place < 0 ? null : values.get(place);
    }

    void put(K key, V value) {
        if (many != null) {
            many.put(key, value);
            return;
        }
        int place = keys.indexOf(key);
        if (place >= 0) {
            values.set(place, value);
        } else if (keys.size() < FEW) {
            keys.add(key);
            values.add(value);
        } else {
            Map<K, V> all = new HashMap<>();
            for (int i = 0; i < keys.size(); i++) {
                all.put(keys.get(i), values.get(i));
            }
            all.put(key, value);
            keys.clear();
            values.clear();
            many = all;
        }
    }

    void remove(K key) {
        if (many != null) {
            many.remove(key);
            if (many.isEmpty()) {
                many = null;
            }
            return;
        }
        int place = keys.indexOf(key);
        if (place >= 0) {
            keys.remove(place);
            values.remove(place);
        }
    }
}
