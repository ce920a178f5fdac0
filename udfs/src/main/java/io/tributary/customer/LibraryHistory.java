package io.tributary.customer;

import io.tributary.pattern.CompiledPattern;
import io.tributary.pattern.PatternLibrary;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * The last libraries that customers were evaluated with, so that a customer is evaluated anew only
 * for the definitions that changed since. Of a library that is not known any more, all changed.
 */
final class LibraryHistory {

    /** Libraries that are remembered. */
    static final int KEPT = 16;

    /** Oldest first. */
    private final Deque<KnownLibrary> known = new ArrayDeque<>();

    LibraryHistory() {}

    LibraryHistory(Collection<KnownLibrary> stored) {
        stored.stream()
                .sorted(Comparator.comparingLong(KnownLibrary::position))
                .forEach(known::add);
    }

    /** A library comes into force. */
    void add(PatternLibrary library) {
        long position = known.isEmpty() ? 0 : known.getLast().position() + 1;
        known.removeIf(earlier -> earlier.fingerprint() == library.fingerprint());
        known.add(KnownLibrary.of(position, library));
        while (known.size() > KEPT) {
            known.removeFirst();
        }
    }

    List<KnownLibrary> all() {
        return List.copyOf(known);
    }

    /** Whether {@code pattern} is not as it was in the library with this fingerprint. */
    boolean changedSince(long fingerprint, CompiledPattern pattern) {
        for (KnownLibrary library : known) {
            if (library.fingerprint() == fingerprint) {
                return !Objects.equals(
                        library.definitions().get(pattern.key()), pattern.fingerprint());
            }
        }
        return true;
    }

    /** Every version that was in force in one of them. */
    Set<String> versions() {
        Set<String> versions = new HashSet<>();
        known.forEach(library -> versions.addAll(library.definitions().keySet()));
        return versions;
    }
}
