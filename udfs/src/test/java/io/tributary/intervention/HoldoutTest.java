package io.tributary.intervention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HoldoutTest {

    @Test
    void theDrawNeverChanges() {
        // printf 'user_id:aa\x1fcart-abandonment' | sha256sum: e0994bd23fa71693…
        assertThat(Holdout.fraction("user_id:aa", "cart-abandonment"))
                .isEqualTo(0.8773391140272475);
    }

    @Test
    void theShareOfCustomersIsHeldOut() {
        assertThat(heldOut("p", 0)).isZero();
        assertThat(heldOut("p", 1)).isEqualTo(10_000);
        assertThat(heldOut("p", 0.1)).isCloseTo(1_000, within(100L));
    }

    @Test
    void theDrawsOfTwoDefinitionsAreIndependent() {
        long both =
                IntStream.range(0, 10_000)
                        .filter(i -> isHeldOut(i, "p", 0.5) && isHeldOut(i, "q", 0.5))
                        .count();
        assertThat(both).isCloseTo(2_500, within(150L));
    }

    private static long heldOut(String pattern, double share) {
        return IntStream.range(0, 10_000).filter(i -> isHeldOut(i, pattern, share)).count();
    }

    private static boolean isHeldOut(int customer, String pattern, double share) {
        return Holdout.arm("user_id:" + customer, pattern, share) == Arm.HOLDOUT;
    }
}
