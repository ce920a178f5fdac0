package io.tributary.ledger;

import io.tributary.intervention.Arm;
import io.tributary.intervention.Decision;
import io.tributary.intervention.DecisionReason;
import io.tributary.intervention.DecisionStatus;
import io.tributary.intervention.Samples;
import io.tributary.pattern.Match;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Entries for tests: one pain point {@code m1}, detected at 12:00, seen by some customers. */
public final class Entries {

    public static final Match MATCH = Samples.match("m1", "cart-abandonment", "12:00");

    private Entries() {}

    /** Detected, and the customer is offered something. */
    public static LedgerEntry offered(String customer) {
        return offered(customer, MATCH);
    }

    public static LedgerEntry offered(String customer, Match match) {
        return detected(customer, match, DecisionStatus.OFFERED, DecisionReason.ELIGIBLE);
    }

    /** Detected, but the customer is left alone. */
    public static LedgerEntry suppressed(String customer, DecisionReason reason) {
        return detected(customer, MATCH, DecisionStatus.SUPPRESSED, reason);
    }

    /** Detected, and the definition does not intervene. */
    public static LedgerEntry undecided(String customer) {
        return LedgerEntry.detected(customer, MATCH, "high", null, null);
    }

    public static LedgerEntry open(String customer) {
        return LedgerEntry.open(customer, MATCH, "high", "purchase");
    }

    public static LedgerEntry detected(
            String customer, Match match, DecisionStatus status, DecisionReason reason) {
        return LedgerEntry.detected(
                customer, match, "high", "purchase", decision(customer, match, status, reason));
    }

    private static @Nullable Decision decision(
            String customer, Match match, DecisionStatus status, DecisionReason reason) {
        return new Decision(
                match.id(),
                match.id(),
                customer,
                customer,
                status,
                reason,
                "proactive_chat",
                status == DecisionStatus.OFFERED ? "web" : null,
                1,
                match.detectedAt(),
                match.detectedAt() + 600_000,
                Arm.TREATMENT,
                match.pattern(),
                List.of());
    }
}
