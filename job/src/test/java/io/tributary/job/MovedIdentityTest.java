package io.tributary.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.customer.CustomerLimits;
import io.tributary.customer.Evaluation;
import io.tributary.customer.Horizon;
import io.tributary.definition.Definitions;
import io.tributary.definition.DurationText;
import io.tributary.definition.Problems;
import io.tributary.definition.YamlJson;
import io.tributary.definition.YamlNode;
import io.tributary.event.CanonicalJson;
import io.tributary.event.CustomerEvent;
import io.tributary.event.Identifier;
import io.tributary.ingest.Ingested;
import io.tributary.ingest.IngestedTypeInfo;
import io.tributary.job.connectors.Output;
import io.tributary.job.connectors.OutputRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
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
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.CloseableIterator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The live pipeline on all scenarios of the library, each on a device of its own: what stands in
 * the end does not depend on when it became known whose the devices are.
 */
@Timeout(300)
class MovedIdentityTest {

    private static final long START = 1772323200000L;
    private static final long DAY = Duration.ofDays(1).toMillis();
    private static final Path FOLDER = Path.of("..", "definitions");
    private static final Horizon HORIZON = new Horizon(Duration.ofDays(90), Duration.ofDays(14));

    /** After which every absence of every scenario was told. */
    private static final long DECIDED = START + 61 * DAY;

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aLateLoginEndsAsIfItHadComeFirst(int parallelism) throws Exception {
        List<List<CustomerEvent>> scenarios = scenarios();
        List<CustomerEvent> logins = each(scenarios.size(), "signed_in", 0, true);
        List<CustomerEvent> events = scenarios.stream().flatMap(List::stream).toList();
        List<CustomerEvent> all = Stream.concat(logins.stream(), events.stream()).toList();

        Map<Output, Map<String, JsonNode>> first = run(parallelism, true, all, List.of());
        Map<Output, Map<String, JsonNode>> late = run(parallelism, true, events, logins);

        assertThat(first.get(Output.PAIN_POINTS)).hasSizeGreaterThan(30);
        assertThat(first.get(Output.INTERVENTIONS)).hasSizeGreaterThan(10);
        assertThat(first.get(Output.CUSTOMERS)).hasSize(scenarios.size());
        assertThat(offers(first)).isGreaterThan(5);
        assertThat(difference(parallelism, late, first)).isEmpty();
        assertThat(first.get(Output.PAIN_POINTS).values())
                .allMatch(painPoint -> painPoint.get("customer").asText().startsWith("user_id:"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void anUnlinkEndsAsIfTheLinkHadNeverBeen(int parallelism) throws Exception {
        Map<Output, Map<String, JsonNode>> unlinked = unlinked(parallelism, true, true);
        Map<Output, Map<String, JsonNode>> expected = unlinked(parallelism, true, false);
        assertThat(difference(parallelism, unlinked, expected)).isEmpty();
        assertThat(unlinked.get(Output.PAIN_POINTS).values())
                .allMatch(
                        painPoint -> painPoint.get("customer").asText().startsWith("anonymous_id"));
    }

    /** A bounded run decides once, so its decisions are the same as well, to the last field. */
    @Test
    void aHistoryWithAnUnlinkedLinkIsDecidedLikeOneWithout() throws Exception {
        assertThat(difference(unlinked(2, false, true), unlinked(2, false, false))).isEmpty();
    }

    private static List<String> difference(
            int parallelism,
            Map<Output, Map<String, JsonNode>> was,
            Map<Output, Map<String, JsonNode>> expected) {
        boolean inOrder = parallelism == 1;
        return difference(withoutHistory(was, inOrder), withoutHistory(expected, inOrder));
    }

    /** The scenarios, and for each a login and an unlink, with or without the device. */
    private static Map<Output, Map<String, JsonNode>> unlinked(
            int parallelism, boolean live, boolean linked) throws Exception {
        List<List<CustomerEvent>> scenarios = scenarios();
        List<CustomerEvent> before =
                new ArrayList<>(each(scenarios.size(), "signed_in", 0, linked));
        scenarios.forEach(before::addAll);
        Map<Output, Map<String, JsonNode>> outcome =
                run(
                        parallelism,
                        live,
                        before,
                        each(scenarios.size(), "identifiers_unlinked", 20 * DAY, linked));
        // which identifiers were seen together in one event is not what an unlink takes back
        outcome.get(Output.CUSTOMERS)
                .values()
                .forEach(
                        customer ->
                                ((ObjectNode) customer)
                                        .remove(List.of("identifiers", "explanation")));
        return outcome;
    }

    private static long offers(Map<Output, Map<String, JsonNode>> outcome) {
        return outcome.get(Output.INTERVENTIONS).values().stream()
                .filter(decision -> decision.get("status").asText().equals("offered"))
                .count();
    }

    /**
     * Without what a live run says of its own past: what was known when something was decided, and
     * what was decided of pain points that turned out to be none.
     *
     * @param inOrder whether events were read in their order; if not, what was found in between
     *     says what was offered, and only of which pain points something was decided can be told
     */
    private static Map<Output, Map<String, JsonNode>> withoutHistory(
            Map<Output, Map<String, JsonNode>> outcome, boolean inOrder) {
        Map<String, JsonNode> decisions = outcome.get(Output.INTERVENTIONS);
        decisions.values().removeIf(d -> d.get("status").asText().equals("cancelled"));
        decisions
                .values()
                .forEach(
                        decision ->
                                ((ObjectNode) decision)
                                        .remove(
                                                inOrder
                                                        ? List.of("context")
                                                        : List.of("context", "status", "reason")));
        outcome.get(Output.METRICS)
                .values()
                .removeIf(
                        metric ->
                                metric.get("name").asText().equals("decisions")
                                        && (!inOrder || isOfNone(metric)));
        return outcome;
    }

    private static boolean isOfNone(JsonNode metric) {
        return metric.at("/dimensions/status").asText().equals("cancelled");
    }

    /** Documents of one run that the other does not have just so. */
    private static List<String> difference(
            Map<Output, Map<String, JsonNode>> was, Map<Output, Map<String, JsonNode>> expected) {
        List<String> difference = new ArrayList<>();
        for (Output output : Output.values()) {
            Map<String, JsonNode> one = was.getOrDefault(output, Map.of());
            Map<String, JsonNode> other = expected.getOrDefault(output, Map.of());
            one.forEach(
                    (key, document) -> {
                        if (!document.equals(other.get(key))) {
                            difference.add("was " + output + " " + document);
                        }
                    });
            other.forEach(
                    (key, document) -> {
                        if (!document.equals(one.get(key))) {
                            difference.add("expected " + output + " " + document);
                        }
                    });
        }
        return difference;
    }

    private static List<CustomerEvent> each(int count, String type, long after, boolean device) {
        List<CustomerEvent> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Identifier account = new Identifier("user_id", "s" + i);
            events.add(
                    event(
                            i + "-" + type,
                            type,
                            START + after,
                            device
                                    ? List.of(new Identifier("anonymous_id", "s" + i), account)
                                    : List.of(account),
                            CanonicalJson.object()));
        }
        return events;
    }

    private static CustomerEvent event(
            String id, String type, long time, List<Identifier> identifiers, JsonNode properties) {
        return new CustomerEvent(
                id,
                type,
                time,
                time,
                time,
                "web",
                "web",
                identifiers,
                CanonicalJson.bytes(properties));
    }

    private static List<List<CustomerEvent>> scenarios() throws IOException {
        List<List<CustomerEvent>> scenarios = new ArrayList<>();
        try (Stream<Path> files = Files.list(FOLDER.resolve("patterns").resolve("tests"))) {
            for (Path file : files.sorted().toList()) {
                Problems problems = new Problems();
                YamlNode root =
                        YamlNode.parse(file.toString(), Files.readString(file), problems)
                                .orElseThrow();
                for (YamlNode scenario : root.get("scenarios").items()) {
                    scenarios.add(scenario(scenario, scenarios.size()));
                }
            }
        }
        return scenarios;
    }

    private static List<CustomerEvent> scenario(YamlNode scenario, int number) {
        List<CustomerEvent> events = new ArrayList<>();
        for (YamlNode node : scenario.get("events").items()) {
            YamlNode id = node.get("id");
            YamlNode properties = node.get("properties");
            long at = DurationText.parse(node.get("at").text()).orElseThrow().toMillis();
            events.add(
                    event(
                            number + "-" + (id == null ? events.size() + 1 : id.text()),
                            node.get("type").text(),
                            START + at,
                            List.of(new Identifier("anonymous_id", "s" + number)),
                            properties == null
                                    ? CanonicalJson.object()
                                    : YamlJson.toJson(properties)));
        }
        return events;
    }

    /**
     * Last document of each key that still stands, after {@code before}, then if {@code live} a
     * watermark that decides everything, then {@code after}.
     */
    private static Map<Output, Map<String, JsonNode>> run(
            int parallelism, boolean live, List<CustomerEvent> before, List<CustomerEvent> after)
            throws Exception {
        Configuration flink = new Configuration();
        flink.set(PipelineOptions.GENERIC_TYPES, false);
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.createLocalEnvironment(parallelism, flink);
        List<Ingested> input =
                Stream.concat(before.stream(), after.stream())
                        .map(event -> Ingested.accepted(event, true, List.of()))
                        .toList();
        String last = live ? before.get(before.size() - 1).id() : "";
        DataStream<Ingested> source =
                env.fromData(input, new IngestedTypeInfo())
                        .setParallelism(1)
                        .assignTimestampsAndWatermarks(
                                WatermarkStrategy.<Ingested>forGenerator(
                                                context -> new AfterEvent(last))
                                        .withTimestampAssigner((ingested, time) -> START))
                        .setParallelism(1)
                        .transform("live", new IngestedTypeInfo(), new WithoutEnd(live))
                        .setParallelism(1);
        Map<Output, DataStream<OutputRecord>> outputs =
                JourneyPipeline.build(
                        List.of(source),
                        new PipelineSettings(
                                Definitions.read(FOLDER),
                                HORIZON,
                                live
                                        ? Evaluation.onArrival()
                                        : Evaluation.at(DECIDED, Duration.ofSeconds(5)),
                                CustomerLimits.DEFAULT));
        DataStream<OutputRecord> all =
                outputs.values().stream().reduce(DataStream::union).orElseThrow();
        Map<Output, Map<String, OutputRecord>> newest = new EnumMap<>(Output.class);
        try (CloseableIterator<OutputRecord> records = all.executeAndCollect()) {
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
                                    documents.put(key, document(record.value()));
                                }
                            });
                    documents.values().removeIf(MovedIdentityTest::isGone);
                    standing.put(output, documents);
                });
        return standing;
    }

    private static JsonNode document(byte[] value) {
        ObjectNode document = (ObjectNode) CanonicalJson.parse(value);
        document.remove("revision");
        return document;
    }

    /** Retracted, or counted down to nothing. */
    private static boolean isGone(JsonNode document) {
        String status = document.path("status").asText();
        boolean nothing = document.has("value") && document.path("n").asLong() == 0;
        return status.equals("retracted") || nothing;
    }

    /** A live job's time goes on and never ends: after the last event there is a day more. */
    private static final class WithoutEnd extends AbstractStreamOperator<Ingested>
            implements OneInputStreamOperator<Ingested, Ingested> {

        private static final long serialVersionUID = 1L;

        private final boolean live;

        WithoutEnd(boolean live) {
            this.live = live;
        }

        @Override
        public void processElement(StreamRecord<Ingested> element) {
            output.collect(element);
        }

        @Override
        public void processWatermark(org.apache.flink.streaming.api.watermark.Watermark mark)
                throws Exception {
            boolean ends = live && mark.getTimestamp() == Long.MAX_VALUE;
            super.processWatermark(
                    ends
                            ? new org.apache.flink.streaming.api.watermark.Watermark(DECIDED + DAY)
                            : mark);
        }
    }

    /** One watermark, after one event. */
    private record AfterEvent(String last) implements WatermarkGenerator<Ingested> {

        @Override
        public void onEvent(Ingested ingested, long timestamp, WatermarkOutput output) {
            @Nullable CustomerEvent event = ingested.event();
            if (event != null && event.id().equals(last)) {
                output.emitWatermark(new Watermark(DECIDED));
            }
        }

        @Override
        public void onPeriodicEmit(WatermarkOutput output) {}
    }
}
