package io.tributary.ledger;

/**
 * A document that is to be deleted.
 *
 * @param kind of the document
 * @param id its key
 * @param time the document's own time, epoch milliseconds
 * @param revision one more than its last
 */
public record Tombstone(Kind kind, String id, long time, long revision) {

    /** Which documents. */
    public enum Kind {
        PAIN_POINT,
        DECISION
    }

    static Tombstone of(PainPoint painPoint) {
        return new Tombstone(
                Kind.PAIN_POINT, painPoint.id(), painPoint.time(), painPoint.revision() + 1);
    }

    static Tombstone of(DecisionDocument decision) {
        return new Tombstone(
                Kind.DECISION, decision.id(), decision.time(), decision.revision() + 1);
    }
}
