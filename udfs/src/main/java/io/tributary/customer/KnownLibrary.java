package io.tributary.customer;

import io.tributary.pattern.CompiledPattern;
import io.tributary.pattern.PatternLibrary;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a library of definitions was made of.
 *
 * @param position counts the libraries of the job
 * @param fingerprint of the library
 * @param definitions fingerprint of each version, by {@code id@version}
 */
public record KnownLibrary(long position, long fingerprint, Map<String, Long> definitions) {

    static KnownLibrary of(long position, PatternLibrary library) {
        Map<String, Long> definitions = new TreeMap<>();
        for (CompiledPattern pattern : library.patterns()) {
            definitions.put(pattern.key(), pattern.fingerprint());
        }
        return new KnownLibrary(position, library.fingerprint(), definitions);
    }
}
