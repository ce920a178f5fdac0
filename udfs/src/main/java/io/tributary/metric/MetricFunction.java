package io.tributary.metric;

import java.time.Duration;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Adds up the deltas of each metric and window, keyed by {@link MetricDelta#metricId()}.
 *
 * <p>A document goes out when the watermark passes the window's end, and from then on at the next
 * watermark after a change. A window whose sum returns to zero is corrected to zero; one that was
 * never anything but zero stays unsaid.
 *
 * <p>A window is forgotten when the watermark is {@code retention} past its end; a delta that comes
 * even later would start a second count and goes to {@link #EXPIRED}. Windows of {@link
 * MetricDelta#UNKNOWN_TIME} are never forgotten: there is at most one for each combination of
 * dimensions.
 */
public final class MetricFunction extends KeyedProcessFunction<String, MetricDelta, Metric> {

    private static final long serialVersionUID = 1L;

    /** Deltas whose window is forgotten; none, if the retention is as long as it should be. */
    public static final OutputTag<MetricDelta> EXPIRED =
            new OutputTag<>("expired", TypeInformation.of(MetricDelta.class));

    private final Duration retention;

    private transient ValueState<MetricAggregate> aggregates;
    private transient Counter expired;

    /**
     * @param retention at least the horizon plus the allowed lateness: what is counted may be taken
     *     back for that long
     */
    @SuppressWarnings("NullAway.Init") // open() comes before everything else
    public MetricFunction(Duration retention) {
        this.retention = retention;
    }

    @Override
    public void open(OpenContext context) {
        aggregates =
                getRuntimeContext()
                        .getState(
                                new ValueStateDescriptor<>(
                                        "aggregate", TypeInformation.of(MetricAggregate.class)));
        expired = getRuntimeContext().getMetricGroup().addGroup("metric").counter("expired");
    }

    @Override
    public void processElement(MetricDelta delta, Context context, Collector<Metric> out)
            throws Exception {
        TimerService timers = context.timerService();
        if (forgottenAt(delta.start()) <= timers.currentWatermark()) {
            expired.inc();
            context.output(EXPIRED, delta);
            return;
        }
        MetricAggregate before = aggregates.value();
        MetricAggregate after = (before == null ? MetricAggregate.none(delta) : before).plus(delta);
        aggregates.update(after);
        // The watermark that closes the window; a timer of the past fires at the next watermark.
        timers.registerEventTimeTimer(delta.key().end() - 1);
        if (delta.start() != MetricDelta.UNKNOWN_TIME) {
            timers.registerEventTimeTimer(forgottenAt(delta.start()));
        }
    }

    private long forgottenAt(long start) {
        return start == MetricDelta.UNKNOWN_TIME
                ? Long.MAX_VALUE
                : start + MetricDelta.WINDOW_MILLIS + retention.toMillis();
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<Metric> out)
            throws Exception {
        MetricAggregate aggregate = aggregates.value();
        if (aggregate == null) {
            return;
        }
        if (aggregate.isDue()) {
            aggregate = aggregate.emitted();
            out.collect(aggregate.document());
            aggregates.update(aggregate);
        }
        if (timestamp >= forgottenAt(aggregate.start())) {
            aggregates.clear();
        }
    }
}
