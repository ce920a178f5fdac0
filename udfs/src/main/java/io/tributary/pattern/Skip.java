package io.tributary.pattern;

import org.jspecify.annotations.Nullable;

/**
 * What happens to other partial matches once a match is found.
 *
 * @param kind which of them are dropped
 * @param step for {@link Kind#TO_FIRST} and {@link Kind#TO_LAST}: those that began before the first
 *     or last event of this step; otherwise null
 */
public record Skip(Kind kind, @Nullable String step) {

    public static final Skip NO_SKIP = new Skip(Kind.NO_SKIP, null);

    /** The ways to skip; their names in lower case are the words of the language. */
    public enum Kind {
        /** None is dropped. */
        NO_SKIP,
        /** Those that began with the same event. */
        SKIP_TO_NEXT,
        /** Those that began at or before the last event of the match. */
        PAST_LAST_EVENT,
        TO_FIRST,
        TO_LAST
    }
}
