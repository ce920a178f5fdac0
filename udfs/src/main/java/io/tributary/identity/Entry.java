package io.tributary.identity;

import java.util.Comparator;

/**
 * What one event said about an identifier that it carried: whose it is from then on.
 *
 * @param time of the event, epoch milliseconds
 * @param event its id
 * @param kind how firmly it was said
 * @param target key of the higher identifier; empty if it names none
 * @param source name of the event's source
 */
public record Entry(long time, String event, Kind kind, String target, String source) {

    /** The order of what was said: time, then event id; a hint comes before a claim. */
    static final Comparator<Entry> ORDER =
            Comparator.comparingLong(Entry::time)
                    .thenComparing(Entry::event)
                    .thenComparing(Entry::kind)
                    .thenComparing(Entry::target)
                    .thenComparing(Entry::source);

    /** How firmly. */
    public enum Kind {
        /** A hint: it belongs to the target perhaps. */
        WEAK,
        /** It belongs to the target: both were asserted by one event. */
        CLAIM,
        /** A logout: it belongs to the one before no longer. */
        END,
        /** From then on it is to be kept to itself. */
        OPT_OUT,
        /** It may be linked again. */
        OPT_IN
    }

    boolean isStrong() {
        return kind != Kind.WEAK;
    }

    /** Whether it is about linking at all, and not about whose it is. */
    boolean isChoice() {
        return kind == Kind.OPT_OUT || kind == Kind.OPT_IN;
    }

    boolean isClaim() {
        return kind == Kind.CLAIM;
    }
}
