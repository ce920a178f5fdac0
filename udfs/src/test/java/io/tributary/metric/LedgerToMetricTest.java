package io.tributary.metric;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.intervention.Samples;
import io.tributary.ledger.Entries;
import io.tributary.ledger.LedgerEntry;
import io.tributary.ledger.LedgerFunction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.Test;

/** The two stages on a real, bounded Flink job. */
class LedgerToMetricTest {

    @Test
    void aBoundedJobCountsEachPainPointAndDecisionOnce() throws Exception {
        for (int seed = 0; seed < 2; seed++) {
            List<LedgerEntry> entries = entries();
            Collections.shuffle(entries, new Random(seed));
            List<Metric> documents = run(entries);
            Map<String, Long> values = new TreeMap<>();
            for (Metric document : documents) {
                String name = document.name() + " " + document.dimensions().get("pattern");
                assertThat(values.put(name, document.value())).as(name).isNull();
                assertThat(document.revision()).isEqualTo(1);
            }
            assertThat(values)
                    .isEqualTo(
                            Map.of(
                                    "pain_points cart-abandonment", 40L,
                                    "decisions cart-abandonment", 40L,
                                    "pain_points slow-resolution", 20L));
        }
    }

    /** Forty offers, twenty pain points without one, twenty that were withdrawn. */
    private static List<LedgerEntry> entries() {
        List<LedgerEntry> entries = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            entries.add(Entries.offered("a", Samples.match("c" + i, "cart-abandonment", "12:00")));
            LedgerEntry slow =
                    LedgerEntry.detected(
                            "a",
                            Samples.match("s" + i, "slow-resolution", "12:00"),
                            "high",
                            null,
                            null);
            entries.add(slow);
            if (i % 2 == 0) {
                entries.add(slow.withdrawn());
            }
        }
        return entries;
    }

    private static List<Metric> run(List<LedgerEntry> entries) throws Exception {
        Configuration config = new Configuration();
        config.set(PipelineOptions.GENERIC_TYPES, false);
        config.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.createLocalEnvironment(2, config);
        SingleOutputStreamOperator<?> ledger =
                env.fromData(
                                TypeInformation.of(LedgerEntry.class),
                                entries.toArray(LedgerEntry[]::new))
                        .uid("entries")
                        .assignTimestampsAndWatermarks(WatermarkStrategy.noWatermarks())
                        .uid("watermarks")
                        .keyBy(LedgerEntry::painPoint)
                        .process(new LedgerFunction(Duration.ofDays(40)))
                        .uid("ledger");
        SingleOutputStreamOperator<Metric> metrics =
                ledger.getSideOutput(LedgerFunction.CHANGES)
                        .flatMap(new LedgerMetrics())
                        .uid("ledger-metrics")
                        .transform(
                                "metric-local",
                                TypeInformation.of(MetricDelta.class),
                                new MetricLocalOperator())
                        .uid("metric-local")
                        .keyBy(MetricDelta::metricId)
                        .process(new MetricFunction(Duration.ofDays(40)))
                        .uid("metric");
        List<Metric> documents = new ArrayList<>();
        try (CloseableIterator<Metric> iterator = metrics.executeAndCollect()) {
            iterator.forEachRemaining(documents::add);
        }
        return documents;
    }
}
