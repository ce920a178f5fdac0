package io.tributary.ledger;

import io.tributary.intervention.Decision;
import io.tributary.intervention.DecisionReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The life of one pain point and of its one decision. Nothing else writes their documents.
 *
 * <p>A pain point is asserted by customers: events move between identities, so for a while more
 * than one customer's log may hold it, and an assertion may arrive before or after the withdrawal
 * that belongs to it. Signs are added up for each customer and status; asserted means a sum above
 * 0. The document shows the smallest customer id that asserts it, detected before open.
 *
 * <pre>{@code
 * pain point                     +detected
 *                  +-------------------------------------+
 *                  |                                     v
 *               (none) --+open--> open --+detected--> detected
 *                                 | ^                    | ^
 *                        last gone| |+open      last gone| |+detected
 *                                 v |                    v |
 *                             retracted              retracted
 *
 *   and detected -> open, when only a claim that is open is left
 *
 * decision      +detected                     last detected gone
 *        (none) ------------> as first taken <-------------------> cancelled
 *                              |          ^        +detected
 *                              +----------+
 *          no consent, and another customer's consents are known in time; another customer shown
 * }</pre>
 *
 * <p>A decision is taken once, when the pain point is first found, by what is known then, and
 * stays: where the pain point moves, the decision moves with it ({@code customer}) and still says
 * for whom it was taken. So whoever acts on a decision's id once never approaches anybody twice.
 * One thing is decided anew: what was suppressed for want of consent, as long as the offer would
 * not have lapsed, because the customer that it moves to may have agreed. A cooldown is never
 * lifted by a move, and the arm is drawn for an identifier that moves never change.
 *
 * <p>It is cancelled while no customer has the pain point. Where it comes back, also from where its
 * events were on their way to another customer, it is what it was before.
 *
 * <p>Each of the two documents has its own revision, and is emitted only when something in it
 * changed.
 */
public final class PainPointLedger {

    /** Whose document it is when several customers assert the pain point. */
    private static final Comparator<LedgerEntry> SHOWN_FIRST =
            Comparator.comparing(LedgerEntry::customer).thenComparing(LedgerEntry::status);

    private final Duration retention;

    /**
     * @param retention how long after its detection, and after its last entry, a pain point is
     *     remembered. At least the horizon plus the allowed lateness: nothing older is inserted
     *     into or removed from a customer's log, so no match detected before that is asserted or
     *     withdrawn any more, and a revision never starts again at 1.
     */
    public PainPointLedger(Duration retention) {
        this.retention = retention;
    }

    /**
     * What an entry does to a life.
     *
     * @param life null if nothing is known of this pain point
     * @param entryTime event time of the entry, epoch milliseconds
     * @param watermark what lapsed before it is not offered any more
     */
    public PainPointLife apply(
            @Nullable PainPointLife life, LedgerEntry entry, long entryTime, long watermark) {
        PainPointLife before = life == null ? PainPointLife.UNBORN : life;
        List<Claim> claims = plus(before.claims(), entry);
        List<LedgerEntry> asserted = asserted(claims);
        List<LedgerEntry> detected =
                asserted.stream().filter(sum -> sum.status() == PainPointStatus.DETECTED).toList();
        PainPoint painPoint = painPoint(before.emittedPainPoint(), asserted).orElse(null);
        Decision taken = taken(before.taken(), detected, watermark);
        return new PainPointLife(
                claims,
                painPoint,
                painPoint == null || taken == null
                        ? null
                        : document(
                                before.emittedDecision(),
                                (detected.isEmpty() ? taken.cancelled() : taken)
                                        .of(painPoint.customer())),
                taken,
                Math.max(before.expiresAt(), expiry(Math.max(detectedAt(entry), entryTime))));
    }

    /**
     * What is left of a life when a customer is erased: all, if others have it and nothing shows
     * the customer; nothing, if nobody else has it.
     */
    public PainPointLife erase(PainPointLife life, String customer) {
        List<Claim> claims = life.claims().stream().filter(claim -> !claim.isOf(customer)).toList();
        List<LedgerEntry> asserted = asserted(claims);
        boolean isShown =
                life.emittedPainPoint().map(p -> p.customer().equals(customer)).orElse(false);
        if (!isShown) {
            return new PainPointLife(
                    new ArrayList<>(claims),
                    life.painPoint(),
                    life.decision(),
                    life.taken(),
                    life.expiresAt());
        }
        if (asserted.isEmpty()) {
            return PainPointLife.UNBORN;
        }
        PainPoint painPoint = painPoint(life.emittedPainPoint(), asserted).orElseThrow();
        boolean detected = painPoint.status() == PainPointStatus.DETECTED;
        Decision taken = life.taken();
        return new PainPointLife(
                new ArrayList<>(claims),
                painPoint,
                taken == null
                        ? null
                        : document(
                                life.emittedDecision(),
                                (detected ? taken : taken.cancelled()).of(painPoint.customer())),
                taken,
                life.expiresAt());
    }

    private static List<LedgerEntry> asserted(List<Claim> claims) {
        return claims.stream()
                .filter(Claim::isAsserted)
                .map(Claim::entry)
                .sorted(SHOWN_FIRST)
                .toList();
    }

    /** Whether the pain point of this entry would already have been forgotten at this watermark. */
    public boolean isExpired(LedgerEntry entry, long watermark) {
        return expiry(detectedAt(entry)) <= watermark;
    }

    private static long detectedAt(LedgerEntry entry) {
        return entry.match().detectedAt();
    }

    /** The end of time where the sum would be beyond it. */
    private long expiry(long time) {
        long sum = time + retention.toMillis();
        return sum < time ? Long.MAX_VALUE : sum;
    }

    private static List<Claim> plus(List<Claim> claims, LedgerEntry entry) {
        List<Claim> after = new ArrayList<>(claims);
        Claim claim =
                claims.stream()
                        .filter(made -> made.isBy(entry))
                        .findFirst()
                        .map(made -> made.plus(entry))
                        .orElseGet(() -> new Claim(entry.sign(), entry));
        after.removeIf(made -> made.isBy(entry));
        if (claim.count() != 0) {
            after.add(claim);
        }
        return after;
    }

    private static Optional<PainPoint> painPoint(
            Optional<PainPoint> emitted, List<LedgerEntry> asserted) {
        long revision = emitted.map(PainPoint::revision).orElse(0L);
        if (asserted.isEmpty()) {
            return emitted.map(
                    document ->
                            document.status() == PainPointStatus.RETRACTED
                                    ? document
                                    : document.with(PainPointStatus.RETRACTED, revision + 1));
        }
        PainPoint unchanged = PainPoint.of(asserted.get(0), revision);
        return emitted.filter(unchanged::equals)
                .or(() -> Optional.of(PainPoint.of(asserted.get(0), revision + 1)));
    }

    private static @Nullable Decision taken(
            @Nullable Decision before, List<LedgerEntry> detected, long watermark) {
        if (before != null && !isOpen(before, watermark)) {
            return before;
        }
        return first(detected, Decision::isOffered)
                .or(() -> first(detected, any -> true))
                .orElse(before);
    }

    /** Whether the consents of another customer may still change it. */
    private static boolean isOpen(Decision taken, long watermark) {
        return taken.reason() == DecisionReason.NO_CONSENT && watermark < taken.expiresAt();
    }

    private static DecisionDocument document(
            Optional<DecisionDocument> emitted, Decision decision) {
        return emitted.map(before -> revised(before, decision))
                .orElseGet(() -> new DecisionDocument(decision, decision.decidedAt(), 1));
    }

    private static Optional<Decision> first(
            List<LedgerEntry> entries, Predicate<Decision> condition) {
        return entries.stream()
                .map(LedgerEntry::decision)
                .filter(Objects::nonNull)
                .filter(condition)
                .findFirst();
    }

    private static DecisionDocument revised(DecisionDocument document, Decision decision) {
        return document.decision().equals(decision)
                ? document
                : new DecisionDocument(decision, document.time(), document.revision() + 1);
    }
}
