package io.tributary.erasure;

/**
 * How much an erasure removed.
 *
 * @param events of the customer's log
 * @param links what events had said about whose an identifier is, and named the customer
 * @param painPoints documents
 * @param decisions documents
 * @param documents of the customer: 1 or 0
 */
public record Removed(long events, long links, long painPoints, long decisions, long documents) {

    public static final Removed NOTHING = new Removed(0, 0, 0, 0, 0);

    public static Removed links(long count) {
        return new Removed(0, count, 0, 0, 0);
    }

    public static Removed customer(long events, long documents) {
        return new Removed(events, 0, 0, 0, documents);
    }

    public static Removed told(long painPoints, long decisions) {
        return new Removed(0, 0, painPoints, decisions, 0);
    }

    public boolean isNothing() {
        return equals(NOTHING);
    }

    public Removed plus(Removed more) {
        return new Removed(
                events + more.events,
                links + more.links,
                painPoints + more.painPoints,
                decisions + more.decisions,
                documents + more.documents);
    }
}
