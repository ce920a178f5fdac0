package io.tributary.job;

import io.tributary.customer.CustomerOperator;
import io.tributary.customer.DefinitionRecord;
import io.tributary.customer.DefinitionsStatus;
import io.tributary.customer.DocumentOperator;
import io.tributary.customer.LiveCustomerOperator;
import io.tributary.customer.Retraction;
import io.tributary.event.CustomerEvent;
import io.tributary.identity.Assignment;
import io.tributary.ingest.Ingested;
import io.tributary.ingest.RouteFunction;
import io.tributary.job.config.OperatorIds;
import io.tributary.job.connectors.Output;
import io.tributary.job.connectors.OutputRecord;
import io.tributary.journey.CustomerDocument;
import io.tributary.ledger.LedgerEntry;
import io.tributary.ledger.LedgerFunction;
import io.tributary.ledger.PainPoint;
import io.tributary.ledger.Tombstone;
import io.tributary.metric.CustomerMetrics;
import io.tributary.metric.LedgerMetrics;
import io.tributary.metric.Metric;
import io.tributary.metric.MetricDelta;
import io.tributary.metric.MetricFunction;
import io.tributary.metric.MetricLocalOperator;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * The topology, the same for live Kafka topics and for files:
 *
 * <pre>
 *   sources (ingest-&lt;source&gt;)   decode to CustomerEvent, Rejected or Late
 *      │
 *      ▼ ingest      events on; rejected ─────────────────────────────► REJECTED, late ──► LATE
 *      ▼ identity    whose event is it: ±event to customer; {@link IdentityStage}
 *      │    claims        an event to its highest identifier at once, claims to its lower ones
 *      │    layer a rank  keyBy identifier: who owns it at the event's time, up to
 *      │    account       and account aliases, told by the one that knows them all
 *      │    erasures      told to all layers and to the customer, who remove what they have ──► RECEIPTS
 *      ▼ customer    keyBy customer: log, stages, pain points, decisions ───► CUSTOMERS
 *      │   ▲            └─ events after nothing at their time can change ──► LATE
 *      │   └─ definitions   broadcast, live only: what is deployed meanwhile ──► status
 *      ▼ ledger      keyBy pain point: one life, one revision ──► PAIN_POINTS, INTERVENTIONS
 *      ▼ metric      signed deltas of all stages, added up locally, then by key ──► METRICS
 * </pre>
 */
public final class JourneyPipeline {

    /** Longest time that a customer's document waits for a newer one. */
    private static final Duration DOCUMENT_INTERVAL = Duration.ofSeconds(1);

    private final PipelineSettings settings;

    private JourneyPipeline(PipelineSettings settings) {
        this.settings = settings;
    }

    /**
     * @param sources decoded input, one stream a source, with watermarks
     * @return what has to be written, one stream an output
     */
    public static Map<Output, DataStream<OutputRecord>> build(
            List<DataStream<Ingested>> sources, PipelineSettings settings) {
        return bounded(sources, settings).outputs();
    }

    /**
     * What a bounded run writes.
     *
     * @param retractions what a live job would have told and taken back
     */
    public record Bounded(
            Map<Output, DataStream<OutputRecord>> outputs, DataStream<Retraction> retractions) {}

    /**
     * @param sources decoded input that ends
     */
    public static Bounded bounded(List<DataStream<Ingested>> sources, PipelineSettings settings) {
        JourneyPipeline pipeline = new JourneyPipeline(settings);
        SingleOutputStreamOperator<CustomerEvent> events = pipeline.ingest(sources);
        IdentityStage identity = IdentityStage.build(events, settings);
        SingleOutputStreamOperator<LedgerEntry> customers =
                pipeline.customer(identity.assignments());
        return new Bounded(
                pipeline.outputs(events, identity, customers),
                customers.getSideOutput(CustomerOperator.RETRACTIONS));
    }

    /**
     * What a live job writes.
     *
     * @param status what became of deployed definitions
     */
    public record Live(
            Map<Output, DataStream<OutputRecord>> outputs, DataStream<DefinitionsStatus> status) {}

    /**
     * @param definitions what is deployed while the job runs, in one order for all
     */
    public static Live build(
            List<DataStream<Ingested>> sources,
            DataStream<DefinitionRecord> definitions,
            PipelineSettings settings) {
        JourneyPipeline pipeline = new JourneyPipeline(settings);
        SingleOutputStreamOperator<CustomerEvent> events = pipeline.ingest(sources);
        IdentityStage identity = IdentityStage.build(events, settings);
        SingleOutputStreamOperator<LedgerEntry> customers =
                pipeline.customer(identity.assignments(), definitions);
        return new Live(
                pipeline.outputs(events, identity, customers),
                customers.getSideOutput(LiveCustomerOperator.STATUS));
    }

    private Map<Output, DataStream<OutputRecord>> outputs(
            SingleOutputStreamOperator<CustomerEvent> events,
            IdentityStage identity,
            SingleOutputStreamOperator<LedgerEntry> customers) {
        SingleOutputStreamOperator<PainPoint> painPoints = ledger(customers);
        DataStream<Metric> metrics = metric(events, customers, painPoints);

        Map<Output, DataStream<OutputRecord>> outputs = new EnumMap<>(Output.class);
        outputs.put(
                Output.PAIN_POINTS,
                records(Output.PAIN_POINTS, painPoints, Documents::painPoint)
                        .union(ErasureOutputs.tombstones(painPoints, Tombstone.Kind.PAIN_POINT)));
        outputs.put(
                Output.INTERVENTIONS,
                records(
                                Output.INTERVENTIONS,
                                painPoints.getSideOutput(LedgerFunction.DECISIONS),
                                Documents::decision)
                        .union(ErasureOutputs.tombstones(painPoints, Tombstone.Kind.DECISION)));
        outputs.put(Output.METRICS, records(Output.METRICS, metrics, Documents::metric));
        outputs.put(
                Output.CUSTOMERS,
                records(Output.CUSTOMERS, documents(customers), Documents::customer));
        outputs.put(
                Output.REJECTED,
                records(
                                Output.REJECTED,
                                events.getSideOutput(RouteFunction.REJECTED),
                                rejected -> Documents.refused(Output.REJECTED, rejected))
                        .union(quarantined(customers)));
        outputs.put(
                Output.LATE,
                records(
                                Output.LATE,
                                events.getSideOutput(RouteFunction.LATE),
                                late -> Documents.refused(Output.LATE, late))
                        .union(lateAtCustomer(customers)));
        outputs.put(
                Output.RECEIPTS,
                records(
                        Output.RECEIPTS,
                        ErasureOutputs.receipts(identity, customers, painPoints, settings),
                        Documents::receipt));
        return outputs;
    }

    private SingleOutputStreamOperator<CustomerEvent> ingest(List<DataStream<Ingested>> sources) {
        DataStream<Ingested> first = sources.get(0);
        DataStream<Ingested> all = sources.stream().skip(1).reduce(first, (a, b) -> a.union(b));
        return all.process(new RouteFunction()).name("ingest").uid(OperatorIds.INGEST_ROUTE);
    }

    private SingleOutputStreamOperator<LedgerEntry> customer(DataStream<Assignment> assignments) {
        return assignments
                .keyBy(Assignment::customer)
                .transform(
                        "customer",
                        TypeInformation.of(LedgerEntry.class),
                        new CustomerOperator(
                                settings.definitions(),
                                settings.horizon(),
                                settings.evaluation(),
                                settings.limits(),
                                System::nanoTime))
                .uid(OperatorIds.CUSTOMER);
    }

    private SingleOutputStreamOperator<LedgerEntry> customer(
            DataStream<Assignment> assignments, DataStream<DefinitionRecord> definitions) {
        return assignments
                .keyBy(Assignment::customer)
                .connect(definitions.broadcast())
                .transform(
                        "customer",
                        TypeInformation.of(LedgerEntry.class),
                        new LiveCustomerOperator(
                                settings.definitions(),
                                settings.horizon(),
                                settings.limits(),
                                System::nanoTime))
                .uid(OperatorIds.CUSTOMER);
    }

    private static DataStream<CustomerDocument> documents(
            SingleOutputStreamOperator<LedgerEntry> customers) {
        return customers
                .getSideOutput(CustomerOperator.DOCUMENTS)
                .transform(
                        "coalesce",
                        TypeInformation.of(CustomerDocument.class),
                        new DocumentOperator(DOCUMENT_INTERVAL))
                .uid(OperatorIds.COALESCE);
    }

    private SingleOutputStreamOperator<PainPoint> ledger(DataStream<LedgerEntry> entries) {
        return entries.keyBy(LedgerEntry::painPoint)
                .process(new LedgerFunction(settings.horizon().remembered()))
                .name("ledger")
                .uid(OperatorIds.LEDGER);
    }

    private DataStream<Metric> metric(
            SingleOutputStreamOperator<CustomerEvent> events,
            SingleOutputStreamOperator<LedgerEntry> customers,
            SingleOutputStreamOperator<PainPoint> painPoints) {
        DataStream<MetricDelta> rejected =
                deltas(
                        "rejected",
                        events.getSideOutput(RouteFunction.REJECTED),
                        CustomerMetrics::rejected);
        DataStream<MetricDelta> late =
                deltas("late", events.getSideOutput(RouteFunction.LATE), CustomerMetrics::late);
        DataStream<MetricDelta> lateEvents =
                deltas(
                        "late-events",
                        customers.getSideOutput(CustomerOperator.LATE),
                        CustomerMetrics::lateEvent);
        DataStream<MetricDelta> counted =
                deltas(
                        "events",
                        customers.getSideOutput(CustomerOperator.EVENT_CHANGES),
                        CustomerMetrics::events);
        DataStream<MetricDelta> stages =
                deltas(
                        "stages",
                        customers.getSideOutput(CustomerOperator.STAGE_CHANGES),
                        CustomerMetrics::stages);
        DataStream<MetricDelta> found =
                deltas(
                        "ledger",
                        painPoints.getSideOutput(LedgerFunction.CHANGES),
                        new LedgerMetrics());
        DataStream<MetricDelta> quarantined =
                deltas(
                        "quarantined",
                        customers.getSideOutput(CustomerOperator.QUARANTINED),
                        CustomerMetrics::quarantined);
        return counted.union(stages, found, rejected, late, lateEvents, quarantined)
                .keyBy(MetricDelta::metricId)
                .process(new MetricFunction(settings.horizon().remembered()))
                .name("metric")
                .uid(OperatorIds.METRIC);
    }

    /** Counted and added up in the task where it happens: a sum leaves it, not every event. */
    private static <T> DataStream<MetricDelta> deltas(
            String of, DataStream<T> changes, FlatMapFunction<T, MetricDelta> count) {
        return changes.flatMap(count)
                .returns(TypeInformation.of(MetricDelta.class))
                .name("count " + of)
                .uid(OperatorIds.count(of))
                .transform(
                        "add up " + of,
                        TypeInformation.of(MetricDelta.class),
                        new MetricLocalOperator())
                .uid(OperatorIds.metricLocal(of));
    }

    /** The operator has the event, no longer the bytes it was decoded from. */
    private static DataStream<OutputRecord> lateAtCustomer(
            SingleOutputStreamOperator<LedgerEntry> customers) {
        return customers
                .getSideOutput(CustomerOperator.LATE)
                .map(Documents::late)
                .returns(TypeInformation.of(OutputRecord.class))
                .name("late events")
                .uid(OperatorIds.document("late-events"));
    }

    private static DataStream<OutputRecord> quarantined(
            SingleOutputStreamOperator<LedgerEntry> customers) {
        return customers
                .getSideOutput(CustomerOperator.QUARANTINED)
                .map(Documents::quarantined)
                .returns(TypeInformation.of(OutputRecord.class))
                .name("quarantined events")
                .uid(OperatorIds.document("quarantined"));
    }

    private static <T> DataStream<OutputRecord> records(
            Output output, DataStream<T> documents, MapFunction<T, OutputRecord> form) {
        return documents
                .map(form)
                .returns(TypeInformation.of(OutputRecord.class))
                .name(output.topic())
                .uid(OperatorIds.document(output.topic()));
    }
}
