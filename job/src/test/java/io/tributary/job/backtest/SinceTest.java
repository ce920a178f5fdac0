package io.tributary.job.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.event.EventTime;
import org.junit.jupiter.api.Test;

class SinceTest {

    private static final long END = EventTime.parse("2026-03-08T12:00:00Z");

    @Test
    void aDurationIsCountedBackFromTheEndAndATimeStands() {
        assertThat(Since.parse("7d").orElseThrow().before(END))
                .isEqualTo(EventTime.parse("2026-03-01T12:00:00Z"));
        assertThat(Since.parse("1h30m").orElseThrow().before(END))
                .isEqualTo(EventTime.parse("2026-03-08T10:30:00Z"));
        assertThat(Since.parse("2026-02-01T00:00:00Z").orElseThrow().before(END))
                .isEqualTo(EventTime.parse("2026-02-01T00:00:00Z"));
    }

    @Test
    void anythingElseIsNeither() {
        assertThat(Since.parse("yesterday")).isEmpty();
        assertThat(Since.parse("")).isEmpty();
        assertThat(Since.parse("7 days")).isEmpty();
    }
}
