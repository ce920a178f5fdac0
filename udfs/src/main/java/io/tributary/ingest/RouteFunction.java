package io.tributary.ingest;

import io.tributary.event.CustomerEvent;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** Sends events on, and what is rejected or late its own way. */
public final class RouteFunction extends ProcessFunction<Ingested, CustomerEvent> {

    private static final long serialVersionUID = 1L;

    public static final OutputTag<Rejected> REJECTED =
            new OutputTag<>("rejected", TypeInformation.of(Rejected.class));

    /** Payloads whose event is older than the horizon allows. */
    public static final OutputTag<Rejected> LATE =
            new OutputTag<>("late", TypeInformation.of(Rejected.class));

    private transient Map<RejectionReason, Counter> rejections;
    private transient Counter accepted;
    private transient Counter late;
    private transient Counter unknownTypes;
    private transient Counter droppedProperties;

    @SuppressWarnings("NullAway.Init") // open() comes before everything else
    public RouteFunction() {}

    @Override
    public void open(OpenContext context) {
        MetricGroup group = getRuntimeContext().getMetricGroup().addGroup("ingest");
        rejections = rejections(group);
        accepted = group.counter("events");
        late = group.counter("late");
        unknownTypes = group.counter("unknownTypes");
        droppedProperties = group.counter("droppedProperties");
    }

    /** All of them at once: a rate sees no first rejection if its counter begins with it. */
    private static Map<RejectionReason, Counter> rejections(MetricGroup group) {
        Map<RejectionReason, Counter> rejections = new EnumMap<>(RejectionReason.class);
        for (RejectionReason reason : EnumSet.complementOf(EnumSet.of(RejectionReason.LATE))) {
            rejections.put(reason, group.addGroup("reason", reason.word()).counter("rejected"));
        }
        return rejections;
    }

    @Override
    public void processElement(Ingested ingested, Context context, Collector<CustomerEvent> out) {
        CustomerEvent event = ingested.event();
        Rejected rejected = ingested.rejected();
        if (event != null) {
            accepted.inc();
            if (ingested.unknownType()) {
                unknownTypes.inc();
            }
            droppedProperties.inc(ingested.droppedProperties().size());
            out.collect(event);
        } else if (rejected != null && ingested.isLate()) {
            late.inc();
            context.output(LATE, rejected);
        } else if (rejected != null) {
            Objects.requireNonNull(rejections.get(rejected.reason())).inc();
            context.output(REJECTED, rejected);
        }
    }
}
