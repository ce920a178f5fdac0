package io.tributary.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ReplayPlanTest {

    private static final long WEEK = Duration.ofDays(7).toMillis();
    private static final long NOW = 1_772_323_200_000L;

    @Test
    void theWeekTakesTenMinutesOrAsLongAsItMay() {
        assertThat(ReplayPlan.of(null, null, WEEK)).isEqualTo(new ReplayPlan(1_008, WEEK));
        assertThat(ReplayPlan.of(null, Duration.ofSeconds(60), WEEK))
                .isEqualTo(new ReplayPlan(10_080, WEEK));
    }

    @Test
    void ofTheWeekComesWhatFitsIntoTheTimeAtTheSpeed() {
        assertThat(ReplayPlan.of(100.0, Duration.ofSeconds(60), WEEK))
                .isEqualTo(new ReplayPlan(100, 6_000_000));
        assertThat(ReplayPlan.of(100_800.0, Duration.ofSeconds(60), WEEK))
                .isEqualTo(new ReplayPlan(100_800, WEEK));
        assertThat(ReplayPlan.of(null, Duration.ofDays(14), WEEK))
                .isEqualTo(new ReplayPlan(1, WEEK));
    }

    @Test
    void theHistoryEndsNowAndIsNeverAheadOfTheWallClock() {
        ReplayPlan plan = new ReplayPlan(1_000, 60_000_000);
        long start = plan.trafficStart(NOW);

        assertThat(plan.duration()).isEqualTo(60_000);
        assertThat(start).isEqualTo(NOW + 60_000 - 60_000_000);
        assertThat(plan.trafficTime(NOW, NOW)).isEqualTo(start);
        assertThat(plan.trafficTime(NOW + 30_000, NOW)).isEqualTo(start + 30_000_000);
        assertThat(plan.trafficTime(NOW + 60_000, NOW)).isEqualTo(NOW + 60_000);
        assertThat(LongStream.rangeClosed(0, 60_000))
                .allMatch(since -> plan.trafficTime(NOW + since, NOW) <= NOW + since);
    }

    @Test
    void theReplayClockStandsBeforeTheBeginningAndAfterTheEnd() {
        ReplayPlan plan = new ReplayPlan(1_000, 60_000_000);

        assertThat(plan.trafficTime(NOW - 5, NOW)).isEqualTo(plan.trafficStart(NOW));
        assertThat(plan.trafficTime(NOW + 90_000, NOW)).isEqualTo(NOW + 60_000);
    }

    @Test
    void anEventIsSentWhenTheReplayClockHasReachedIt() {
        ReplayPlan plan = new ReplayPlan(1_000, 60_000_000);
        long start = plan.trafficStart(NOW);

        assertThat(plan.wallTime(start, NOW)).isEqualTo(NOW);
        assertThat(plan.wallTime(start + 1, NOW)).isEqualTo(NOW + 1);
        assertThat(plan.wallTime(start + 60_000_000, NOW)).isEqualTo(NOW + 60_000);
    }

    @Test
    void atSpeedOneReplayClockAndWallClockAreTheSame() {
        ReplayPlan plan = new ReplayPlan(1, WEEK);

        assertThat(plan.trafficStart(NOW)).isEqualTo(NOW);
        assertThat(plan.wallTime(NOW + 77, NOW)).isEqualTo(NOW + 77);
        assertThat(plan.quiet(List.of(List.of(NOW, NOW + 3_600_000)), NOW))
                .isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void quietIsLongerThanAnyPauseOfThePartitionThatPausesLeast() {
        ReplayPlan plan = new ReplayPlan(100, 6_000_000);
        long start = plan.trafficStart(NOW);
        List<Long> busy = List.of(start + 900_000, start + 2_900_000, start + 4_500_000);
        List<Long> silent = List.of(start + 100);

        assertThat(plan.quiet(List.of(busy, silent), NOW)).isEqualTo(Duration.ofSeconds(40));
        assertThat(plan.quiet(List.of(silent), NOW)).isEqualTo(Duration.ofMillis(119_998));
    }

    @Test
    void whatComesAfterTheEndOfTheReplayIsNoPause() {
        ReplayPlan plan = new ReplayPlan(100, 6_000_000);
        long start = plan.trafficStart(NOW);

        assertThat(plan.quiet(List.of(List.of(start + 3_000_000, start + 3 * WEEK)), NOW))
                .isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void quietIsAtLeastFiveSeconds() {
        assertThat(new ReplayPlan(10_000, WEEK).quiet(List.of(), NOW))
                .isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void theDurationReadsAsPeopleSayIt() {
        assertThat(new ReplayPlan(1_000, 60_000_000).durationText()).isEqualTo("1 min");
        assertThat(new ReplayPlan(1_000, 95_000_000).durationText()).isEqualTo("1 min 35 s");
        assertThat(new ReplayPlan(1, 20_000).durationText()).isEqualTo("20 s");
    }
}
