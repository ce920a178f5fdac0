package io.tributary.ledger;

import io.tributary.intervention.Decision;
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
 * decision            +detected, offered
 *                  +---------------------------+
 *                  |                           v                last detected gone
 *               (none)                      offered ----------------------------------> cancelled
 *                  |                           ^                                          (final)
 *                  v       +detected, offered  |
 *             suppressed ----------------------+
 *               |    ^
 *               +----+  another verdict, or another customer shown
 * }</pre>
 *
 * <p>A decision that was offered is history. The first offer that arrives is the one, later
 * verdicts about the same pain point are not looked at. It is cancelled when the last customer who
 * has the pain point loses it, and it is not offered again if the pain point comes back. A decision
 * that was never offered is only a verdict and follows the customer shown.
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
     */
    public PainPointLife apply(@Nullable PainPointLife life, LedgerEntry entry, long entryTime) {
        PainPointLife before = life == null ? PainPointLife.UNBORN : life;
        List<Claim> claims = plus(before.claims(), entry);
        List<LedgerEntry> asserted = asserted(claims);
        return new PainPointLife(
                claims,
                painPoint(before.emittedPainPoint(), asserted).orElse(null),
                decision(before.emittedDecision(), asserted).orElse(null),
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
        boolean isDecidedFor =
                life.emittedDecision()
                        .map(d -> d.decision().customer().equals(customer))
                        .orElse(false);
        if (asserted.isEmpty() && isShown) {
            return PainPointLife.UNBORN;
        }
        Optional<DecisionDocument> decided =
                isDecidedFor ? anotherVerdict(life, asserted) : life.emittedDecision();
        return new PainPointLife(
                new ArrayList<>(claims),
                isShown
                        ? painPoint(life.emittedPainPoint(), asserted).orElse(null)
                        : life.painPoint(),
                decided.orElse(null),
                life.expiresAt());
    }

    /** What is decided about the others: under the same key, so its revision goes on. */
    private static Optional<DecisionDocument> anotherVerdict(
            PainPointLife life, List<LedgerEntry> asserted) {
        long revision = life.emittedDecision().map(DecisionDocument::revision).orElse(0L);
        return decision(Optional.empty(), asserted)
                .map(of -> new DecisionDocument(of.decision(), of.time(), revision + 1));
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

    private static Optional<DecisionDocument> decision(
            Optional<DecisionDocument> emitted, List<LedgerEntry> asserted) {
        List<LedgerEntry> detected =
                asserted.stream()
                        .filter(entry -> entry.status() == PainPointStatus.DETECTED)
                        .toList();
        if (emitted.isPresent() && emitted.get().decision().wasOffered()) {
            return emitted.map(
                    offer ->
                            offer.decision().isOffered() && detected.isEmpty()
                                    ? revised(offer, offer.decision().cancelled())
                                    : offer);
        }
        Optional<Decision> verdict =
                first(detected, Decision::isOffered).or(() -> first(detected, any -> true));
        if (verdict.isEmpty()) {
            return emitted;
        }
        return Optional.of(
                emitted.map(document -> revised(document, verdict.get()))
                        .orElseGet(
                                () ->
                                        new DecisionDocument(
                                                verdict.get(), verdict.get().decidedAt(), 1)));
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
