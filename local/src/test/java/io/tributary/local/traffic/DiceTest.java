package io.tributary.local.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DiceTest {

    @Test
    void theNumbersAreThoseOfSplitMix64() {
        // mix of the first increments of seed 0, as published with the generator
        assertThat(Dice.mix(0x9E3779B97F4A7C15L)).isEqualTo(0xE220A8397B1DCDAFL);
        assertThat(Dice.mix(2 * 0x9E3779B97F4A7C15L)).isEqualTo(0x6E789E6AA1B965F4L);
    }

    @Test
    void aStreamRepeatsAndDiffersFromItsNeighbour() {
        assertThat(Dice.of(1, 5).hex(40)).isEqualTo(Dice.of(1, 5).hex(40));
        assertThat(Dice.of(1, 5).hex(40)).isNotEqualTo(Dice.of(1, 6).hex(40));
        assertThat(Dice.of(1, 5).hex(40)).isNotEqualTo(Dice.of(2, 5).hex(40));
    }

    @Test
    void numbersAreUniformAndBothEndsOccur() {
        Dice dice = Dice.of(3, 3);
        int[] counts = new int[6];
        for (int i = 0; i < 60_000; i++) {
            counts[(int) dice.between(10, 15) - 10]++;
        }
        assertThat(Arrays.stream(counts)).allMatch(count -> count > 9_600 && count < 10_400);
    }
}
