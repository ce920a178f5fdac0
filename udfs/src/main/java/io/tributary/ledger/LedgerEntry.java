package io.tributary.ledger;

import io.tributary.erasure.Erasure;
import io.tributary.intervention.Decision;
import io.tributary.pattern.Match;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One customer's log asserts a pain point, or takes back an assertion it made before. The sum of
 * the signs for one pain point, customer and status is 1 while it is asserted and 0 otherwise; on
 * the way there entries of different customers may arrive in any order.
 *
 * <p>A change of what one customer asserts (open, now detected; another version's match) is two
 * entries: first the new one asserted, then the old one withdrawn. The other way round the pain
 * point is retracted in between, and an offer cancelled for good.
 *
 * @param painPoint match id
 * @param customer whose log it was found in
 * @param sign {@link #ASSERTED} or {@link #WITHDRAWN}
 * @param status {@link PainPointStatus#DETECTED} or {@link PainPointStatus#OPEN}; of a withdrawal
 *     the status that was asserted
 * @param match what was found
 * @param severity of the definition
 * @param journey of the definition; null if it names none
 * @param decision what was decided about it; null if open or if the definition does not intervene
 * @param erasure the customer is erased, and the pain point with them if nobody else asserts it; of
 *     the rest only {@code painPoint} and {@code customer} count then. Null in all other entries
 */
public record LedgerEntry(
        String painPoint,
        String customer,
        int sign,
        PainPointStatus status,
        Match match,
        String severity,
        @Nullable String journey,
        @Nullable Decision decision,
        @Nullable Erasure erasure) {

    public LedgerEntry(
            String painPoint,
            String customer,
            int sign,
            PainPointStatus status,
            Match match,
            String severity,
            @Nullable String journey,
            @Nullable Decision decision) {
        this(painPoint, customer, sign, status, match, severity, journey, decision, null);
    }

    public static final int ASSERTED = 1;
    public static final int WITHDRAWN = -1;

    public static LedgerEntry detected(
            String customer,
            Match match,
            String severity,
            @Nullable String journey,
            @Nullable Decision decision) {
        return new LedgerEntry(
                match.id(),
                customer,
                ASSERTED,
                PainPointStatus.DETECTED,
                match,
                severity,
                journey,
                decision);
    }

    public static LedgerEntry open(
            String customer, Match match, String severity, @Nullable String journey) {
        return new LedgerEntry(
                match.id(),
                customer,
                ASSERTED,
                PainPointStatus.OPEN,
                match,
                severity,
                journey,
                null);
    }

    /** What was once told about a customer is to be gone. */
    public static LedgerEntry erased(String painPoint, String customer, Erasure erasure) {
        return new LedgerEntry(
                painPoint,
                customer,
                WITHDRAWN,
                PainPointStatus.DETECTED,
                new Match(painPoint, "", 0, erasure.until(), 0, 0, Map.of()),
                "",
                null,
                null,
                erasure);
    }

    /** The entry that takes this one back. */
    public LedgerEntry withdrawn() {
        return new LedgerEntry(
                painPoint, customer, WITHDRAWN, status, match, severity, journey, decision);
    }

    public boolean isAssertion() {
        return sign > 0;
    }
}
