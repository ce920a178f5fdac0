package io.tributary.ledger;

import static io.tributary.intervention.Samples.at;
import static io.tributary.ledger.Entries.offered;
import static io.tributary.ledger.Entries.open;
import static io.tributary.ledger.Entries.suppressed;
import static io.tributary.ledger.Entries.undecided;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.intervention.Decision;
import io.tributary.intervention.DecisionReason;
import io.tributary.pattern.Match;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PainPointLedgerTest {

    private final PainPointLedger ledger = new PainPointLedger(Duration.ofDays(30));
    private long watermark = at("12:00");

    @Test
    void aPainPointIsDetectedOnceAndItsDecisionOffered() {
        assertThat(story(offered("a")))
                .containsExactly("pain point 1 detected a", "decision 1 offered eligible a");
    }

    @Test
    void aDefinitionThatDoesNotInterveneHasNoDecision() {
        assertThat(story(undecided("a"))).containsExactly("pain point 1 detected a");
    }

    @Test
    void aWithdrawnOfferIsCancelledAndIsTheSameOfferAgainIfThePainPointComesBack() {
        assertThat(story(offered("a"), offered("a").withdrawn(), offered("a")))
                .containsExactly(
                        "pain point 1 detected a",
                        "decision 1 offered eligible a",
                        "pain point 2 retracted a",
                        "decision 2 cancelled withdrawn a",
                        "pain point 3 detected a",
                        "decision 3 offered eligible a");
    }

    @Test
    void aSuppressedDecisionIsCancelledWithItsPainPointToo() {
        LedgerEntry held = suppressed("a", DecisionReason.HOLDOUT);
        assertThat(story(held, held.withdrawn(), held))
                .containsExactly(
                        "pain point 1 detected a",
                        "decision 1 suppressed holdout a",
                        "pain point 2 retracted a",
                        "decision 2 cancelled withdrawn a",
                        "pain point 3 detected a",
                        "decision 3 suppressed holdout a");
    }

    @Test
    void aMoveCarriesTheOfferWithIt() {
        assertThat(story(offered("b"), offered("a"), offered("b").withdrawn()))
                .containsExactly(
                        "pain point 1 detected b",
                        "decision 1 offered eligible b",
                        "pain point 2 detected a",
                        "decision 2 offered eligible a for b");
        assertThat(story(offered("a"), offered("b"), offered("a").withdrawn()))
                .containsExactly(
                        "pain point 1 detected a",
                        "decision 1 offered eligible a",
                        "pain point 2 detected b",
                        "decision 2 offered eligible b for a");
    }

    @Test
    void whateverTheNextCustomersOwnVerdictADecisionMovesAsItWasTaken() {
        LedgerEntry cooling = suppressed("device", DecisionReason.COOLDOWN);
        List<LedgerEntry> firsts = List.of(offered("device"), cooling);
        List<LedgerEntry> others =
                List.of(offered("user"), suppressed("user", DecisionReason.HOLDOUT));
        for (LedgerEntry first : firsts) {
            for (LedgerEntry other : others) {
                String taken = first == cooling ? "suppressed cooldown" : "offered eligible";
                for (boolean early : new boolean[] {true, false}) {
                    LedgerEntry gone = first.withdrawn();
                    PainPointLife life =
                            early ? life(first, gone, other) : life(first, other, gone);
                    assertThat(told(Objects.requireNonNull(life.decision()).decision()))
                            .isEqualTo(taken + " user for device");
                }
            }
        }
    }

    @Test
    void aWithdrawalThatComesTooEarlyIsNeverSeen() {
        assertThat(story(offered("a").withdrawn(), offered("b"), offered("a")))
                .containsExactly("pain point 1 detected b", "decision 1 offered eligible b");
        assertThat(life(offered("a").withdrawn(), offered("a")).isEmpty()).isTrue();
    }

    @Test
    void wantOfConsentIsDecidedAnewWhereThePainPointMovesInTime() {
        assertThat(story(suppressed("a", DecisionReason.NO_CONSENT), offered("b")))
                .containsExactly(
                        "pain point 1 detected a",
                        "decision 1 suppressed no_consent a",
                        "decision 2 offered eligible a for b");
        watermark = at("12:09");
        assertThat(story(suppressed("a", DecisionReason.NO_CONSENT), offered("b"))).hasSize(3);
    }

    @Test
    void whatWouldHaveLapsedIsNotOfferedAnyMore() {
        watermark = at("12:10");
        assertThat(story(suppressed("a", DecisionReason.NO_CONSENT), offered("b")))
                .containsExactly("pain point 1 detected a", "decision 1 suppressed no_consent a");
    }

    @Test
    void anOpenPainPointHasNoDetectionAndBecomesDetected() {
        PainPoint waiting = Objects.requireNonNull(life(open("a")).painPoint());
        assertThat(waiting.detectedAt()).isNull();
        assertThat(story(open("a"), offered("a"), open("a").withdrawn()))
                .containsExactly(
                        "pain point 1 open a",
                        "pain point 2 detected a",
                        "decision 1 offered eligible a");
        assertThat(story(open("a"), open("a").withdrawn()))
                .containsExactly("pain point 1 open a", "pain point 2 retracted a");
    }

    @Test
    void anOfferIsCancelledWhenOnlyAnOpenPainPointIsLeft() {
        assertThat(story(offered("a"), open("a"), offered("a").withdrawn()))
                .containsExactly(
                        "pain point 1 detected a",
                        "decision 1 offered eligible a",
                        "pain point 2 open a",
                        "decision 2 cancelled withdrawn a");
    }

    @Test
    void anotherVersionsMatchRevisesThePainPointAndKeepsItsOwnTime() {
        Match moved =
                new Match(
                        "m1",
                        "cart-abandonment",
                        2,
                        at("12:30"),
                        at("11:59"),
                        at("12:30"),
                        Entries.MATCH.events());
        PainPointLife life =
                life(
                        suppressed("a", DecisionReason.HOLDOUT),
                        offered("a", moved),
                        suppressed("a", DecisionReason.HOLDOUT).withdrawn());
        PainPoint painPoint = Objects.requireNonNull(life.painPoint());
        DecisionDocument decision = Objects.requireNonNull(life.decision());
        assertThat(painPoint).isEqualTo(PainPoint.of(offered("a", moved), 2));
        assertThat(painPoint.time()).isEqualTo(at("11:59"));
        assertThat(told(decision.decision())).isEqualTo("suppressed holdout a");
        assertThat(decision.decision().decidedAt()).isEqualTo(at("12:00"));
        assertThat(decision.time()).isEqualTo(at("12:00"));
    }

    @Test
    void aLifeExpiresARetentionAfterItsDetectionAndItsLastEntry() {
        long thirtyDays = Duration.ofDays(30).toMillis();
        PainPointLife life = ledger.apply(null, offered("a"), at("11:00"), Long.MIN_VALUE);
        assertThat(life.expiresAt()).isEqualTo(at("12:00") + thirtyDays);
        life = ledger.apply(life, offered("a").withdrawn(), at("13:00"), at("13:00"));
        assertThat(life.expiresAt()).isEqualTo(at("13:00") + thirtyDays);
        assertThat(ledger.isExpired(offered("a"), at("12:00") + thirtyDays)).isTrue();
        assertThat(ledger.isExpired(offered("a"), at("12:00") + thirtyDays - 1)).isFalse();
        assertThat(ledger.apply(null, offered("a"), Long.MAX_VALUE, at("11:00")).expiresAt())
                .isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void whatIsAssertedInTheEndDoesNotDependOnTheOrder() {
        for (int seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            List<LedgerEntry> entries = new ArrayList<>();
            for (String customer : new String[] {"a", "b", "c"}) {
                addBalanced(entries, suppressed(customer, DecisionReason.COOLDOWN), random);
                addBalanced(entries, open(customer), random);
            }
            PainPointLife inOrder = life(entries.toArray(LedgerEntry[]::new));
            Collections.shuffle(entries, random);
            PainPointLife shuffled = life(entries.toArray(LedgerEntry[]::new));
            assertThat(shuffled.claims())
                    .as("seed %s", seed)
                    .containsExactlyInAnyOrderElementsOf(inOrder.claims());
            assertThat(shown(shuffled)).as("seed %s", seed).isEqualTo(shown(inOrder));
        }
    }

    /** Asserted and withdrawn up to twice, and in half of the cases asserted in the end. */
    private static void addBalanced(List<LedgerEntry> entries, LedgerEntry entry, Random random) {
        for (int i = random.nextInt(3); i > 0; i--) {
            entries.add(entry);
            entries.add(entry.withdrawn());
        }
        if (random.nextBoolean()) {
            entries.add(entry);
        }
    }

    /** What is shown of a pain point that is asserted; null for one that is not. */
    private static @Nullable PainPoint shown(PainPointLife life) {
        PainPoint painPoint = life.painPoint();
        return painPoint == null || painPoint.status() == PainPointStatus.RETRACTED
                ? null
                : painPoint.with(painPoint.status(), 0);
    }

    private PainPointLife life(LedgerEntry... entries) {
        PainPointLife life = null;
        for (LedgerEntry entry : entries) {
            life = ledger.apply(life, entry, entry.match().detectedAt(), watermark);
        }
        return Objects.requireNonNull(life);
    }

    /** Every document in the order in which it is emitted. */
    private List<String> story(LedgerEntry... entries) {
        List<String> told = new ArrayList<>();
        PainPointLife before = PainPointLife.UNBORN;
        for (LedgerEntry entry : entries) {
            PainPointLife after =
                    ledger.apply(before, entry, entry.match().detectedAt(), watermark);
            PainPoint painPoint = after.painPoint();
            if (painPoint != null && !painPoint.equals(before.painPoint())) {
                told.add(
                        "pain point %d %s %s"
                                .formatted(
                                        painPoint.revision(),
                                        painPoint.status().json(),
                                        painPoint.customer()));
            }
            DecisionDocument decision = after.decision();
            if (decision != null && !decision.equals(before.decision())) {
                told.add(
                        "decision %d %s".formatted(decision.revision(), told(decision.decision())));
            }
            before = after;
        }
        return told;
    }

    private static String told(Decision decision) {
        return decision.status().json()
                + " "
                + decision.reason().json()
                + " "
                + decision.customer()
                + (decision.decidedFor().equals(decision.customer())
                        ? ""
                        : " for " + decision.decidedFor());
    }
}
