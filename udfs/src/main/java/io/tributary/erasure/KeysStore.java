package io.tributary.erasure;

import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.VoidNamespace;

/** The keys of a subtask, as they are stored at the time, for a {@link Sweep}. */
public final class KeysStore {

    /** Its keys are read while they are asked for; another backend's may not change meanwhile. */
    private static final String LAZY_BACKEND = "rocksdb";

    private KeysStore() {}

    /**
     * @param unstored visited before those that are stored
     * @param state name of the state that every key has that is stored
     */
    public static Sweep.Keys of(
            List<String> unstored, KeyedStateBackend<String> backend, String state) {
        Stream<String> stored = backend.getKeys(state, VoidNamespace.INSTANCE);
        if (backend.getBackendTypeIdentifier().equals(LAZY_BACKEND)) {
            return new Both(unstored.iterator(), stored.iterator(), stored);
        }
        try (stored) {
            return new Both(unstored.iterator(), stored.toList().iterator(), Stream.empty());
        }
    }

    private record Both(Iterator<String> first, Iterator<String> second, Stream<String> source)
            implements Sweep.Keys {

        @Override
        public Iterator<String> iterator() {
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return first.hasNext() || second.hasNext();
                }

                @Override
                public String next() {
                    return first.hasNext() ? first.next() : second.next();
                }
            };
        }

        @Override
        public void close() {
            source.close();
        }
    }
}
