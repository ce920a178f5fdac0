package io.tributary.customer;

import io.tributary.pattern.Mode;
import io.tributary.pattern.PatternSource;
import org.jspecify.annotations.Nullable;

/**
 * What the definitions topic said about one version of a definition.
 *
 * @param key {@code id@version}
 * @param file what its author calls the text
 * @param text null if the version stands in the files that the job starts with
 * @param effectiveFrom epoch milliseconds, unless the text says another
 * @param mode instead of the text's; null for the text's own
 * @param removed whether it is in force no more; remembered, so that the number is not used again
 *     while pain points of it stand
 * @param time of the record that said so, epoch milliseconds
 */
public record Deployed(
        String key,
        String file,
        @Nullable String text,
        long effectiveFrom,
        @Nullable Mode mode,
        boolean removed,
        long time) {

    /** About a version whose text came with the job. */
    static Deployed ofFile(String key, String file, long time) {
        return new Deployed(key, file, null, Long.MIN_VALUE, null, false, time);
    }

    Deployed in(@Nullable Mode other, long at) {
        return new Deployed(key, file, text, effectiveFrom, other, removed, at);
    }

    Deployed removed(long at) {
        return new Deployed(key, file, null, effectiveFrom, null, true, at);
    }

    /** The source to compile. */
    PatternSource source(String itsText) {
        return new PatternSource(file, itsText, effectiveFrom, mode);
    }
}
