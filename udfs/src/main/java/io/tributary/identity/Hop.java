package io.tributary.identity;

import java.util.List;

/**
 * One step of the way from the identifier that an event carried to its customer, or what stopped
 * it: the explanation why identifiers are one.
 *
 * @param from key of the identifier
 * @param to key of the one it was found to belong to, or where {@code rule} is a guard, the one it
 *     was kept from; empty if a guard names nobody
 * @param rule why
 * @param time of the event that said so, epoch milliseconds; of the event itself for a guard
 * @param event id of that event; empty for a guard
 * @param source of that event; empty for a guard
 */
public record Hop(String from, String to, Rule rule, long time, String event, String source) {

    /** Why an identifier is somebody's, or is not. */
    public enum Rule {
        /** The latest claim before. */
        CLAIM,
        /** None before, so the first one after. */
        BACKFILL,
        /** A hint. */
        HINT,
        /** After a logout, nobody else since: the last one before it. */
        BEFORE_LOGOUT,
        /** One account was declared to be another. */
        ALIAS,
        /** Guard: a claim was taken back by an unlink, whose time this is. */
        UNLINKED,
        /** Guard: too many customers use it; only a fresh claim counts. */
        SHARED,
        /** Guard: too many identifiers lead to it; they keep their own events. */
        CROWD,
        /** Guard: a machine, more events or claims than any person's. */
        BUSY,
        /** Stood in one event with {@code to}: no step of a path, said where customers are. */
        TOGETHER,
        /** Guard: whoever uses it opted out of stitching; it stays alone. */
        OPTED_OUT;

        /** Whether it keeps an identifier from somebody. */
        public boolean isGuard() {
            return switch (this) {
                case UNLINKED, SHARED, CROWD, BUSY, OPTED_OUT -> true;
                case CLAIM, BACKFILL, HINT, BEFORE_LOGOUT, ALIAS, TOGETHER -> false;
            };
        }
    }

    /**
     * Key of the identifier that an event itself named its customer by: no later login changes it.
     *
     * @param path by which the event came to {@code customer}
     */
    public static String named(List<Hop> path, String customer) {
        if (path.isEmpty()) {
            return customer;
        }
        Hop first = path.get(0);
        // a machine's events stay with what they carry, wherever they had come on their way
        return first.rule() == Rule.BUSY && path.size() == 1 ? customer : first.from();
    }

    static Hop by(Rule rule, String from, Entry entry) {
        return new Hop(from, entry.target(), rule, entry.time(), entry.event(), entry.source());
    }

    static Hop guard(Rule rule, String from, String to, long time) {
        return new Hop(from, to, rule, time, "", "");
    }
}
