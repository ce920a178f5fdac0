package io.tributary.intervention;

import static io.tributary.intervention.DecisionCase.eligible;
import static io.tributary.intervention.Samples.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.journey.Touchpoint;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InterventionPolicyTest {

    @Test
    void anEligibleCustomerIsOfferedTheFirstPreferredChannel() {
        assertThat(eligible().touchpoint("e1", "11:59").decide())
                .isEqualTo(
                        new Decision(
                                "m1",
                                "m1",
                                "user_id:aa",
                                "user_id:aa",
                                DecisionStatus.OFFERED,
                                DecisionReason.ELIGIBLE,
                                "proactive_chat",
                                "web",
                                7,
                                at("12:00"),
                                at("12:10"),
                                Arm.TREATMENT,
                                "cart-abandonment",
                                List.of(new Touchpoint("e1", "page_viewed", "web", at("11:59")))));
    }

    @Test
    void theArmIsDrawnForTheIdentifierThatTheEventsCarryWhoeverTheCustomerIs() {
        DecisionCase half = eligible().holdout(0.5);
        assertThat(
                        IntStream.range(0, 100)
                                .mapToObj(i -> half.drawnBy("anonymous_id:" + i).decide().arm())
                                .toList())
                .isEqualTo(
                        IntStream.range(0, 100)
                                .mapToObj(
                                        i ->
                                                Holdout.arm(
                                                        "anonymous_id:" + i,
                                                        "cart-abandonment",
                                                        0.5))
                                .toList())
                .contains(Arm.TREATMENT, Arm.HOLDOUT);
        assertThat(half.decide().decidedFor()).isEqualTo("user_id:aa");
    }

    @Test
    void theFirstReasonThatAppliesIsGiven() {
        Decision offer = eligible().match("m0", "cart-abandonment", "11:30").decide();
        DecisionCase all =
                eligible().channels("fax").earlier(offer).cooldown("PT24H").holdout(1).shadow(true);
        assertThat(all.decide().reason()).isEqualTo(DecisionReason.SHADOW);
        assertThat(all.shadow(false).decide().reason())
                .isEqualTo(DecisionReason.NO_REACHABLE_CHANNEL);
        assertThat(all.channels("fax", "email").decide().reason())
                .isEqualTo(DecisionReason.NO_CONSENT);
        assertThat(all.channels("fax", "email", "chat").decide().reason())
                .isEqualTo(DecisionReason.COOLDOWN);
        assertThat(all.cooldown("PT0S").decide().reason()).isEqualTo(DecisionReason.HOLDOUT);
        assertThat(all.holdout(0).decide().reason()).isEqualTo(DecisionReason.ELIGIBLE);
        assertThat(all.holdout(1).decide().status()).isEqualTo(DecisionStatus.SUPPRESSED);
    }

    @Test
    void aSuppressedDecisionNamesTheChannelThatWouldHaveBeenUsed() {
        assertThat(eligible().channels("fax", "chat").shadow(true).decide().channel())
                .isEqualTo("chat");
        assertThat(eligible().channels("fax").decide().channel()).isNull();
        assertThat(eligible().channels("email").decide().channel()).isNull();
    }

    @Test
    void aChannelThatNeedsConsentIsSkippedUntilItIsGranted() {
        DecisionCase asked = eligible().channels("email", "chat");
        assertThat(asked.decide().channel()).isEqualTo("chat");
        assertThat(
                        asked.consent("12:00", "{\"channel\":\"email\",\"granted\":true}")
                                .decide()
                                .channel())
                .isEqualTo("email");
    }

    @Test
    void silenceMeansYesWhereThePolicySaysSo() {
        assertThat(eligible().channels("email").silenceMeansYes("email").decide().reason())
                .isEqualTo(DecisionReason.ELIGIBLE);
    }

    @Test
    void aRefusalCountsEvenWhereNoConsentIsNeeded() {
        assertThat(eligible().consent("11:00", "{\"granted\":false}").decide().reason())
                .isEqualTo(DecisionReason.NO_CONSENT);
    }

    @Test
    void whatIsSaidAfterTheDecisionDoesNotCount() {
        assertThat(eligible().consent("12:00:01", "{\"granted\":false}").decide().reason())
                .isEqualTo(DecisionReason.ELIGIBLE);
    }

    @Test
    void aRefusalForAnotherPurposeDoesNotCount() {
        assertThat(
                        eligible()
                                .consent("11:00", "{\"purpose\":\"marketing\",\"granted\":false}")
                                .decide()
                                .reason())
                .isEqualTo(DecisionReason.ELIGIBLE);
    }

    @Test
    void anOfferWithinTheCooldownBeforeOrAfterSuppresses() {
        for (String clock : new String[] {"11:00:01", "12:59:59"}) {
            Decision offer = eligible().match("m0", "cart-abandonment", clock).decide();
            assertThat(eligible().cooldown("PT1H").earlier(offer).decide().reason())
                    .isEqualTo(DecisionReason.COOLDOWN);
        }
        for (String clock : new String[] {"11:00", "13:00"}) {
            Decision offer = eligible().match("m0", "cart-abandonment", clock).decide();
            assertThat(eligible().cooldown("PT1H").earlier(offer).decide().reason())
                    .isEqualTo(DecisionReason.ELIGIBLE);
        }
    }

    @Test
    void anotherDefinitionsOfferCountsForTheGlobalCooldownOnly() {
        Decision other = eligible().match("m0", "slow-resolution", "11:30").decide();
        assertThat(eligible().cooldown("PT1H").earlier(other).decide().reason())
                .isEqualTo(DecisionReason.ELIGIBLE);
        assertThat(eligible().globalCooldown("PT1H").earlier(other).decide().reason())
                .isEqualTo(DecisionReason.COOLDOWN);
    }

    @Test
    void onlyWhatWasOfferedStartsACooldown() {
        DecisionCase before = eligible().match("m0", "cart-abandonment", "11:30");
        assertThat(
                        eligible()
                                .cooldown("PT1H")
                                .earlier(before.holdout(1).decide())
                                .decide()
                                .reason())
                .isEqualTo(DecisionReason.ELIGIBLE);
        assertThat(
                        eligible()
                                .cooldown("PT1H")
                                .earlier(before.holdout(0).decide().cancelled())
                                .decide()
                                .reason())
                .isEqualTo(DecisionReason.COOLDOWN);
    }

    @Test
    void theContextHoldsTheLastFiveTouchpointsNewestFirst() {
        DecisionCase busy = eligible().touchpoint("later", "12:00:01").touchpoint("b", "12:00");
        for (int minute = 10; minute < 20; minute++) {
            busy.touchpoint("m" + minute, "11:" + minute);
        }
        busy.touchpoint("a", "12:00");
        assertThat(busy.decide().touchpoints())
                .extracting(Touchpoint::event)
                .containsExactly("b", "a", "m19", "m18", "m17");
    }
}
