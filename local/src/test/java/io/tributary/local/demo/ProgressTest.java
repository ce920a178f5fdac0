package io.tributary.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressTest {

    @Test
    void oneLineTellsHowFarItIs() {
        Progress progress =
                new Progress(
                        Duration.ofSeconds(65),
                        12_345,
                        20_000,
                        1_772_323_259_000L,
                        210,
                        300,
                        120,
                        7);

        assertThat(progress.text())
                .isEqualTo(
                        "01:05  it is 2026-03-01 00:00  events 12,345 of 20,000  pain points 210"
                                + "  interventions 120 of 300  index lag 7");
    }
}
