package io.tributary.job.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.Test;

class IndexMetricsTest {

    private static final BulkAnswer STORED = new BulkAnswer(1, List.of(), List.of(), "");

    private final Map<String, Gauge<?>> gauges = new HashMap<>();
    private final Standing clock = new Standing();
    private final IndexMetrics metrics = new IndexMetrics(new Group(), clock);

    @Test
    void beforeTheFirstDocumentThereIsNoLag() {
        clock.now = 1_000_000;
        assertThat(lag()).isZero();
    }

    @Test
    void theLagIsTheAgeOfTheOldestDocumentOfTheLastRequest() {
        clock.now = 5_000;
        metrics.sent(1_000);
        clock.now = 5_500;
        metrics.answered(STORED, 500, 1_000);
        assertThat(lag()).isEqualTo(4_500);
        clock.now = 6_000;
        assertThat(lag()).isEqualTo(4_500);
    }

    @Test
    void aMinuteAfterTheLastDocumentThereIsNoLag() {
        metrics.sent(0);
        clock.now = 2_000;
        metrics.answered(STORED, 2_000, 0);
        clock.now = 2_000 + IndexMetrics.QUIET.toMillis();
        assertThat(lag()).isEqualTo(2_000);
        clock.now++;
        assertThat(lag()).isZero();
    }

    @Test
    void aRequestWithoutAnAnswerGrowsOld() {
        metrics.sent(1_000);
        metrics.sent(2_000);
        metrics.answered(STORED, 1, 2_000);
        clock.now = 600_000;
        assertThat(lag()).isEqualTo(599_000);
    }

    @Test
    void aDocumentThatWaitsGrowsOldUntilItIsStored() {
        metrics.sent(1_000);
        metrics.answered(BulkAnswer.allBusy(List.of(request(1_000)), "503"), 1, 1_000);
        clock.now = 600_000;
        assertThat(lag()).isEqualTo(599_000);
        metrics.sent(1_000);
        metrics.answered(STORED, 1, 1_000);
        clock.now = 600_000 + IndexMetrics.QUIET.toMillis() + 1;
        assertThat(lag()).isZero();
    }

    private long lag() {
        return (Long) gauges.get("lag").getValue();
    }

    private static IndexRequest request(long written) {
        return new IndexRequest("i", "d", 1, new byte[0], written, "t", 0, 0, 0, null);
    }

    private final class Group extends UnregisteredMetricsGroup {

        @Override
        public MetricGroup addGroup(String name) {
            return this;
        }

        @Override
        public <T, G extends Gauge<T>> G gauge(String name, G gauge) {
            gauges.put(name, gauge);
            return gauge;
        }
    }

    private static final class Standing extends Clock {

        private long now;

        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(now);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
