package io.tributary.job.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.event.CustomerEvent;
import io.tributary.ingest.Ingested;
import io.tributary.ingest.Rejected;
import io.tributary.ingest.RejectionReason;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkGeneratorSupplier;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.util.clock.RelativeClock;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SourceWatermarksTest {

    private static final TopicPartition WEB_0 = new TopicPartition("web", 0);
    private static final TopicPartition WEB_1 = new TopicPartition("web", 1);

    /** Wall clock at the start; event times of the tests lie long before. */
    private static final long NOW = 1_000_000;

    private final ManualClock inputTime = new ManualClock();
    private final ManualClock wallClock = new ManualClock();
    private final FakeBroker broker = new FakeBroker();
    private final RecordedWatermarks output = new RecordedWatermarks();
    private final MetricGroup group = new UnregisteredMetricsGroup();
    private ReadingProgress progress;
    private LagProbe probe;
    private WatermarkGenerator<Ingested> reader;
    private WatermarkGenerator<Ingested> partition;

    @BeforeEach
    void startsAReader() {
        wallClock.advance(NOW);
        progress = ReadingProgress.of(group);
        probe = new LagProbe(progress, broker, wallClock::relativeTimeMillis);
        SourceWatermarks live =
                SourceWatermarks.live(Duration.ofMillis(100), Duration.ofSeconds(30));
        reader = live.createWatermarkGenerator(context());
        partition = live.createWatermarkGenerator(context());
    }

    @AfterEach
    void closesIt() {
        ReadingProgress.close(group);
    }

    @Test
    void theWatermarkStaysBehindTheNewestEvent() {
        progress.assigned(WEB_0, 0);
        deliver(WEB_0, 5_000);
        deliver(WEB_0, 4_000);
        tick(0);
        tick(1);

        assertThat(output.said).containsExactly("4899");
    }

    @Test
    void aQuietPartitionWithoutLagFollowsTheWallClock() {
        progress.assigned(WEB_0, 0);
        deliver(WEB_0, 5_000);
        tick(0);
        tick(29_999);
        tick(1);
        tick(1_000);

        assertThat(output.said)
                .containsExactly(
                        "4899",
                        Long.toString(NOW + 30_000 - 101),
                        Long.toString(NOW + 31_000 - 101));
    }

    @Test
    void aPartitionThatNeverHadARecordFollowsTheWallClockToo() {
        progress.assigned(WEB_0, 0);
        tick(30_000);

        assertThat(output.said).containsExactly(Long.toString(NOW + 30_000 - 101));
    }

    @Test
    void aQuietPartitionWithLagHolds() {
        progress.assigned(WEB_0, 0);
        deliver(WEB_0, 5_000);
        broker.append(WEB_0);
        tick(0);
        tick(60_000);
        tick(60_000);

        assertThat(output.said).containsExactly("4899");
    }

    @Test
    void lagInAnotherPartitionOfTheReaderHoldsToo() {
        progress.assigned(WEB_0, 0);
        progress.assigned(WEB_1, 0);
        deliver(WEB_0, 5_000);
        broker.append(WEB_1);
        tick(60_000);

        assertThat(output.said).containsExactly("4899");
    }

    @Test
    void aMarkerOfATransactionAtTheEndIsNoLag() {
        progress.assigned(WEB_0, 0);
        deliver(WEB_0, 5_000);
        broker.appendMarker(WEB_0);
        tick(30_000);

        assertThat(output.said).containsExactly("4899", Long.toString(NOW + 30_000 - 101));
    }

    @Test
    void anUnreachableBrokerHoldsUntilItAnswers() {
        progress.assigned(WEB_0, 0);
        deliver(WEB_0, 5_000);
        tick(30_000);
        broker.hang(true);
        tick(30_000);
        tick(30_000);
        broker.hang(false);
        tick(1_000);

        assertThat(output.said)
                .containsExactly(
                        "4899",
                        Long.toString(NOW + 30_000 - 101),
                        Long.toString(NOW + 91_000 - 101));
    }

    @Test
    void timeInWhichTheReaderIsHeldBackIsNotQuiet() {
        progress.assigned(WEB_0, 0);
        deliver(WEB_0, 5_000);
        wallClock.advance(60_000);
        tick(0);

        assertThat(output.said).containsExactly("4899");
    }

    @Test
    void aRejectedRecordCountsAsRead() {
        progress.assigned(WEB_0, 0);
        broker.append(WEB_0);
        progress.delivered(WEB_0, 0);
        partition.onEvent(rejected(), Long.MIN_VALUE, output);
        tick(29_999);
        assertThat(output.said).isEmpty();

        tick(1);
        assertThat(output.said).containsExactly(Long.toString(NOW + 30_000 - 101));
    }

    @Test
    void aNewPartitionMakesTheReaderUnsureAgain() {
        progress.assigned(WEB_0, 0);
        tick(30_000);
        progress.assigned(WEB_1, 0);

        assertThat(progress.caughtUpAt()).isEqualTo(ReadingProgress.NEVER);
    }

    @Test
    void aReaderWithoutAPartitionIsIdleUntilItGetsOne() {
        reader.onPeriodicEmit(output);
        inputTime.advance(30_000);
        reader.onPeriodicEmit(output);
        progress.assigned(WEB_0, 0);
        reader.onPeriodicEmit(output);
        reader.onPeriodicEmit(output);

        assertThat(output.said).containsExactly("idle", "active");
    }

    @Test
    void aBatchSourceIsIdleWhateverItReads() {
        SourceWatermarks batch = SourceWatermarks.batch();
        WatermarkGenerator<Ingested> generator = batch.createWatermarkGenerator(context());
        generator.onEvent(event(5_000), 5_000, output);
        generator.onPeriodicEmit(output);

        assertThat(output.said).containsExactly("idle", "idle");
    }

    @Test
    void theTimestampIsTheEventsTimeAndARejectedRecordHasTheLeast() {
        var assigner = SourceWatermarks.batch().createTimestampAssigner(() -> group);

        assertThat(assigner.extractTimestamp(event(5_000), 9)).isEqualTo(5_000);
        assertThat(assigner.extractTimestamp(rejected(), 9)).isEqualTo(Long.MIN_VALUE);
    }

    /** Time passes, on both clocks; the generator is asked, then the probe, then again. */
    private void tick(long millis) {
        inputTime.advance(millis);
        wallClock.advance(millis);
        partition.onPeriodicEmit(output);
        probe.look();
        partition.onPeriodicEmit(output);
    }

    private void deliver(TopicPartition from, long time) {
        broker.append(from);
        progress.delivered(from, progress.nextOffsets().getOrDefault(from, 0L));
        partition.onEvent(event(time), time, output);
    }

    private WatermarkGeneratorSupplier.Context context() {
        return new WatermarkGeneratorSupplier.Context() {
            @Override
            public MetricGroup getMetricGroup() {
                return group;
            }

            @Override
            public RelativeClock getInputActivityClock() {
                return inputTime;
            }
        };
    }

    private static Ingested event(long time) {
        return Ingested.accepted(
                new CustomerEvent(
                        "e1",
                        "page",
                        time,
                        time,
                        time,
                        "web",
                        "web",
                        List.of(),
                        new byte[] {'{', '}'}));
    }

    private static Ingested rejected() {
        return Ingested.rejected(
                new Rejected(
                        RejectionReason.NOT_JSON, "", "web", "web", 0, 0, 0, new byte[] {'x'}));
    }
}
