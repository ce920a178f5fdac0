package io.tributary.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.customer.CustomerLimits;
import io.tributary.customer.Evaluation;
import io.tributary.customer.Horizon;
import io.tributary.definition.Definitions;
import io.tributary.event.CanonicalJson;
import io.tributary.event.CustomerEvent;
import io.tributary.event.Identifier;
import io.tributary.ingest.Ingested;
import io.tributary.ingest.IngestedTypeInfo;
import io.tributary.job.connectors.Output;
import io.tributary.job.connectors.OutputRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The whole pipeline: what an erasure leaves of a customer, and that nothing brings it back. */
@Timeout(300)
class ErasureTest {

    private static final long START = 1772323200000L;
    private static final long MINUTE = Duration.ofMinutes(1).toMillis();
    private static final long REQUEST = START + 300 * MINUTE;
    private static final long END = START + 3_000 * MINUTE;

    private static final Identifier ANNA = new Identifier("user_id", "a1");
    private static final Identifier BEN = new Identifier("user_id", "b1");
    private static final Identifier TABLET = new Identifier("anonymous_id", "t1");
    private static final Identifier PHONE = new Identifier("device_id", "p1");

    /** Two people on one tablet; Anna has a phone of her own. Both give up at the checkout. */
    private static List<CustomerEvent> before() {
        List<CustomerEvent> events = new ArrayList<>();
        events.add(event("a-view", "product_viewed", 1, PHONE));
        events.add(event("a-phone", "signed_in", 5, PHONE, ANNA));
        events.add(event("a-login", "signed_in", 10, TABLET, ANNA));
        events.addAll(visit("a", 11));
        events.add(event("a-logout", "signed_out", 60, TABLET, ANNA));
        events.add(event("b-login", "signed_in", 100, TABLET, BEN));
        events.addAll(visit("b", 101));
        events.add(event("b-logout", "signed_out", 160, TABLET, BEN));
        return events;
    }

    private static List<CustomerEvent> visit(String who, long minute) {
        return List.of(
                event(who + "-cart", "product_added", minute, TABLET),
                event(who + "-fail1", "payment_failed", minute + 1, TABLET),
                event(who + "-fail2", "payment_failed", minute + 2, TABLET),
                event(who + "-fail3", "payment_failed", minute + 3, TABLET),
                event(who + "-page", "page_viewed", minute + 4, TABLET));
    }

    private static List<CustomerEvent> after() {
        return List.of(
                event("a-back", "signed_in", 400, PHONE, ANNA),
                event("a-new", "page_viewed", 410, PHONE));
    }

    private static CustomerEvent request() {
        return event("request", "erasure_requested", 300, PHONE, ANNA);
    }

    private static CustomerEvent event(
            String id, String type, long minute, Identifier... identifiers) {
        long time = START + minute * MINUTE;
        return new CustomerEvent(
                id,
                type,
                time,
                time,
                time,
                "web",
                "web",
                Stream.of(identifiers).sorted().toList(),
                CanonicalJson.bytes(CanonicalJson.object().put("checkout_id", id.substring(0, 1))));
    }

    @SafeVarargs
    private static List<CustomerEvent> sequence(List<CustomerEvent>... parts) {
        return Stream.of(parts).flatMap(List::stream).toList();
    }

    @Test
    void nothingIsLeftOfTheCustomerAndNothingBringsThemBack() throws Exception {
        Map<Output, Map<String, JsonNode>> with = run(true, sequence(before(), after()));
        Map<Output, Map<String, JsonNode>> erased =
                run(true, sequence(before(), List.of(request()), after()));
        Map<Output, Map<String, JsonNode>> replayed =
                run(true, sequence(before(), List.of(request()), before(), after(), before()));

        assertThat(customersOf(with, Output.PAIN_POINTS)).contains(ANNA.key(), BEN.key());
        assertThat(text(withoutHistory(erased)))
                .doesNotContain("\"a-login\"", "\"a-view\"", "\"a-fail1\"");
        assertThat(customersOf(erased, Output.PAIN_POINTS)).containsOnly(BEN.key());
        assertThat(customersOf(erased, Output.INTERVENTIONS)).doesNotContain(ANNA.key());
        assertThat(erased.get(Output.CUSTOMERS).get(BEN.key()))
                .isEqualTo(with.get(Output.CUSTOMERS).get(BEN.key()));
        assertThat(touchpoints(erased.get(Output.CUSTOMERS).get(ANNA.key())))
                .containsExactly("a-new", "a-back");
        assertThat(withoutHistory(replayed)).isEqualTo(withoutHistory(erased));
    }

    @Test
    void aBoundedRunOfTheSameEventsInAnyOrderEndsTheSame() throws Exception {
        List<CustomerEvent> all = sequence(before(), List.of(request()), after());
        List<CustomerEvent> backwards = new ArrayList<>(all);
        Collections.reverse(backwards);

        Map<Output, Map<String, JsonNode>> bounded = run(false, all);

        assertThat(run(false, backwards)).isEqualTo(bounded);
        assertThat(withoutHistory(bounded)).isEqualTo(withoutHistory(run(true, all)));
        // what became of the request is told with what it removed
        JsonNode receipt = bounded.get(Output.RECEIPTS).get("request");
        assertThat(receipt.get("status").asText()).isEqualTo("removed");
        assertThat(receipt.get("identifiers").toString()).isEqualTo("[\"user_id:a1\"]");
        // a view, two logins, a visit and a logout
        assertThat(receipt.get("removed").get("events").asLong()).isEqualTo(9);
        // two logins and the request named Anna; a logout names nobody
        assertThat(receipt.get("removed").get("links").asLong()).isEqualTo(3);
    }

    @Test
    void theReceiptOfALiveRunCountsTheDocuments() throws Exception {
        JsonNode receipt =
                run(true, sequence(before(), List.of(request())))
                        .get(Output.RECEIPTS)
                        .get("request");

        assertThat(receipt.get("status").asText()).isEqualTo("removed");
        assertThat(receipt.get("removed").get("events").asLong()).isEqualTo(9);
        assertThat(receipt.get("removed").get("painPoints").asLong()).isPositive();
        assertThat(receipt.get("removed").get("documents").asLong()).isEqualTo(1);
    }

    private static List<String> customersOf(
            Map<Output, Map<String, JsonNode>> outcome, Output output) {
        return outcome.getOrDefault(output, Map.of()).values().stream()
                .map(document -> document.get("customer").asText())
                .toList();
    }

    private static List<String> touchpoints(JsonNode customer) {
        List<String> events = new ArrayList<>();
        customer.get("touchpoints")
                .forEach(touchpoint -> events.add(touchpoint.get("event").asText()));
        return events;
    }

    private static String text(Map<Output, Map<String, JsonNode>> outcome) {
        return outcome.toString();
    }

    private static Map<Output, Map<String, JsonNode>> withoutReceipts(
            Map<Output, Map<String, JsonNode>> outcome) {
        Map<Output, Map<String, JsonNode>> rest = new EnumMap<>(outcome);
        rest.remove(Output.RECEIPTS);
        return rest;
    }

    /** Absences that are still open are told by a bounded run only; offers are history. */
    private static Map<Output, Map<String, JsonNode>> withoutHistory(
            Map<Output, Map<String, JsonNode>> outcome) {
        Map<Output, Map<String, JsonNode>> rest = withoutReceipts(outcome);
        rest.remove(Output.INTERVENTIONS);
        Map<String, JsonNode> metrics = new TreeMap<>(outcome.get(Output.METRICS));
        metrics.values().removeIf(metric -> metric.get("name").asText().equals("decisions"));
        rest.put(Output.METRICS, metrics);
        return rest;
    }

    /** What stands in the end, by key; a live run's time goes on with each event. */
    private static Map<Output, Map<String, JsonNode>> run(boolean live, List<CustomerEvent> events)
            throws Exception {
        Configuration flink = new Configuration();
        flink.set(PipelineOptions.GENERIC_TYPES, false);
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.createLocalEnvironment(2, flink);
        DataStream<Ingested> source =
                env.fromData(
                                events.stream()
                                        .map(event -> Ingested.accepted(event, true, List.of()))
                                        .toList(),
                                new IngestedTypeInfo())
                        .setParallelism(1)
                        .assignTimestampsAndWatermarks(
                                WatermarkStrategy.<Ingested>forGenerator(
                                                context -> new Newest(live))
                                        .withTimestampAssigner((ingested, time) -> START))
                        .setParallelism(1);
        Map<Output, DataStream<OutputRecord>> outputs =
                JourneyPipeline.build(
                        List.of(source),
                        new PipelineSettings(
                                Definitions.read(Path.of("..", "definitions")),
                                new Horizon(Duration.ofDays(90), Duration.ofDays(14)),
                                live
                                        ? Evaluation.onArrival()
                                        : Evaluation.at(END, Duration.ofSeconds(5)),
                                CustomerLimits.DEFAULT));
        Map<Output, Map<String, OutputRecord>> newest = new EnumMap<>(Output.class);
        try (CloseableIterator<OutputRecord> records =
                outputs.values().stream()
                        .reduce(DataStream::union)
                        .orElseThrow()
                        .executeAndCollect()) {
            records.forEachRemaining(
                    record ->
                            newest.computeIfAbsent(record.output(), output -> new TreeMap<>())
                                    .merge(
                                            record.key(),
                                            record,
                                            (a, b) -> a.revision() > b.revision() ? a : b));
        }
        return standing(newest);
    }

    private static Map<Output, Map<String, JsonNode>> standing(
            Map<Output, Map<String, OutputRecord>> newest) {
        Map<Output, Map<String, JsonNode>> standing = new EnumMap<>(Output.class);
        newest.forEach(
                (output, records) -> {
                    Map<String, JsonNode> documents = new TreeMap<>();
                    records.forEach(
                            (key, record) -> {
                                if (record.value() != null) {
                                    ObjectNode document =
                                            (ObjectNode) CanonicalJson.parse(record.value());
                                    document.remove("revision");
                                    documents.put(key, document);
                                }
                            });
                    documents.values().removeIf(ErasureTest::isGone);
                    standing.put(output, documents);
                });
        return standing;
    }

    /** Retracted, open, or counted down to nothing. */
    private static boolean isGone(JsonNode document) {
        String status = document.path("status").asText();
        boolean nothing = document.has("value") && document.path("n").asLong() == 0;
        return status.equals("retracted") || status.equals("open") || nothing;
    }

    /** Event time follows the newest event. */
    private static final class Newest implements WatermarkGenerator<Ingested> {

        private final boolean live;
        private long newest = Long.MIN_VALUE;

        Newest(boolean live) {
            this.live = live;
        }

        @Override
        public void onEvent(Ingested ingested, long timestamp, WatermarkOutput output) {
            CustomerEvent event = ingested.event();
            if (live && event != null && event.time() > newest) {
                newest = event.time();
                output.emitWatermark(new Watermark(newest));
            }
        }

        @Override
        public void onPeriodicEmit(WatermarkOutput output) {}
    }
}
