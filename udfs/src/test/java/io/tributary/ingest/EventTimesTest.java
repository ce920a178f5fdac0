package io.tributary.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.event.EventTime;
import io.tributary.ingest.EventTimes.Clocks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventTimesTest {

    private static final long NOON = EventTime.parse("2026-03-01T12:00:00Z");
    private static final long MINUTE = 60_000;

    @Test
    void aDevicesClockIsCorrectedByTheTimeItTookToSend() {
        Clocks slow = new Clocks(null, NOON - 70 * MINUTE, NOON - 65 * MINUTE, NOON);
        assertThat(EventTimes.resolve(slow, -1))
                .isEqualTo(new EventTimes(NOON - 5 * MINUTE, NOON - 5 * MINUTE, NOON));
    }

    @Test
    void anUnsetClockStillTellsHowLongAgoItWas() {
        Clocks unset = new Clocks(null, 0L, 5 * MINUTE, NOON);
        assertThat(EventTimes.resolve(unset, -1))
                .isEqualTo(new EventTimes(NOON - 5 * MINUTE, NOON - 5 * MINUTE, NOON));
    }

    @Test
    void aClockThatWasSetInBetweenTellsNothing() {
        assertRefused(new Clocks(null, 0L, NOON, NOON), RejectionReason.EPOCH_ZERO);
        assertRefused(
                new Clocks(null, NOON / 1000, NOON, NOON),
                RejectionReason.SECONDS_FOR_MILLISECONDS);
        assertRefused(new Clocks(null, NOON, 0L, NOON), RejectionReason.EPOCH_ZERO);
    }

    @Test
    void anUncorrectedClockHasToBePlausible() {
        assertRefused(new Clocks(null, 0L, null, NOON), RejectionReason.EPOCH_ZERO);
        assertRefused(new Clocks(null, null, 0L, null), RejectionReason.EPOCH_ZERO);
        assertRefused(new Clocks(null, null, null, null), RejectionReason.MISSING_TIME);
    }

    @Test
    void theFirstKnownTimeIsTaken() {
        assertThat(EventTimes.resolve(new Clocks(1L + NOON, NOON, NOON, NOON), -1).originalTime())
                .isEqualTo(1L + NOON);
        assertThat(EventTimes.resolve(new Clocks(null, 2L + NOON, null, null), -1))
                .isEqualTo(new EventTimes(2L + NOON, 2L + NOON, 2L + NOON));
        assertThat(EventTimes.resolve(new Clocks(null, null, 7L + NOON, 3L + NOON), -1))
                .isEqualTo(new EventTimes(3L + NOON, 3L + NOON, 3L + NOON));
        assertThat(EventTimes.resolve(new Clocks(null, null, 7L + NOON, null), -1))
                .isEqualTo(new EventTimes(7L + NOON, 7L + NOON, 7L + NOON));
        assertThat(EventTimes.resolve(new Clocks(null, null, null, null), NOON))
                .isEqualTo(new EventTimes(NOON, NOON, NOON));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-01T12:00:00Z",
        "2026-03-01T12:00:00.000Z",
        "2026-03-01T12:00:00.000999999Z",
        "2026-03-01t12:00:00z",
        "2026-03-01 12:00:00Z",
        "2026-03-01T17:30:00+05:30",
        "2026-03-01T04:00:00-08:00",
    })
    void anInstantIsReadInAnyOfItsSpellings(String text) {
        assertThat(EventTimes.iso(text, "t")).isEqualTo(NOON);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-01T12:00:00",
        "2026-03-01",
        "1772366400",
        "2026-02-30T12:00:00Z",
        "2026-03-01T25:00:00Z",
        "+999999999-12-31T23:59:59Z",
        "noon",
    })
    void whatIsNoInstantIsRefused(String text) {
        assertThatThrownBy(() -> EventTimes.iso(text, "t"))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal ->
                                assertThat(refusal.reason())
                                        .isEqualTo(RejectionReason.TIME_INVALID));
    }

    private static void assertRefused(Clocks clocks, RejectionReason reason) {
        assertThatThrownBy(() -> EventTimes.resolve(clocks, -1))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.reason()).isEqualTo(reason));
    }
}
