package io.tributary.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.event.CanonicalJson;
import io.tributary.event.EventTime;
import io.tributary.job.connectors.Output;
import io.tributary.local.demo.Summary.OfOutput;
import io.tributary.local.demo.Summary.OfPattern;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SummaryTest {

    private static final long NOON = 1_772_366_400_000L;

    private final Documents documents = new Documents();
    private final Map<Output, Map<String, Long>> index = new EnumMap<>(Output.class);

    SummaryTest() {
        Documents.OUTPUTS.forEach(output -> index.put(output, new TreeMap<>()));
    }

    private void painPoint(String id, String status, Planted pain, long revision) {
        documents.put(
                Output.PAIN_POINTS,
                id,
                revision,
                CanonicalJson.object()
                        .put("pattern", pain.pattern())
                        .put("customer", pain.customer())
                        .put("status", status)
                        .put("detectedAt", EventTime.format(pain.time())));
        index.get(Output.PAIN_POINTS).put(id, revision);
    }

    private Summary summary(Planted... planted) {
        return Summary.of(Set.of("cart", "silence"), List.of(planted), NOON, documents, index);
    }

    @Test
    void allPlantedFoundAndTheSameInBothIsGood() {
        Planted a = new Planted("cart", "a", NOON - 1);
        Planted b = new Planted("cart", "b", NOON);
        painPoint("1", "detected", a, 1);
        painPoint("2", "detected", b, 3);

        Summary summary = summary(a, b);

        assertThat(summary)
                .isEqualTo(
                        new Summary(
                                List.of(
                                        new OfPattern("cart", 2, 2, 0),
                                        new OfPattern("silence", 0, 0, 0)),
                                List.of(
                                        new OfOutput("pain-points", 2, 2, 0),
                                        new OfOutput("interventions", 0, 0, 0),
                                        new OfOutput("customers", 0, 0, 0),
                                        new OfOutput("metrics", 0, 0, 0))));
        assertThat(summary.isGood()).isTrue();
        assertThat(summary.text())
                .contains("cart                                 2         2         0")
                .endsWith(
                        "All that was planted was found; Kafka and Elasticsearch hold the same.\n");
    }

    @Test
    void whatWasTakenBackOrIsAtAnotherTimeIsNotFound() {
        Planted a = new Planted("cart", "a", NOON - 1);
        Planted b = new Planted("cart", "b", NOON - 1);
        painPoint("1", "retracted", a, 2);
        painPoint("2", "detected", new Planted("cart", "b", NOON - 2), 1);

        Summary summary = summary(a, b);

        assertThat(summary.patterns().get(0)).isEqualTo(new OfPattern("cart", 2, 0, 1));
        assertThat(summary.isGood()).isFalse();
        assertThat(summary.text()).contains("NOT GOOD: 2 planted pain points were not found, 0");
    }

    @Test
    void whatIsNotDueYetIsNeitherMissedNorExtra() {
        Planted later = new Planted("cart", "a", NOON + 1);
        Planted muchLater = new Planted("cart", "b", NOON + 1_000);
        painPoint("1", "detected", later, 1);

        Summary summary = summary(later, muchLater);

        assertThat(summary.patterns().get(0)).isEqualTo(new OfPattern("cart", 0, 0, 0));
        assertThat(summary.isGood()).isTrue();
    }

    @Test
    void onePainPointIsNotFoundTwice() {
        Planted a = new Planted("cart", "a", NOON - 1);
        painPoint("1", "detected", a, 1);

        assertThat(summary(a, a).patterns().get(0)).isEqualTo(new OfPattern("cart", 2, 1, 0));
    }

    @Test
    void extraIsToldAndNoFailure() {
        painPoint("1", "detected", new Planted("silence", "a", NOON), 1);

        Summary summary = summary();

        assertThat(summary.patterns().get(1)).isEqualTo(new OfPattern("silence", 0, 0, 1));
        assertThat(summary.isGood()).isTrue();
    }

    @Test
    void aMissingDocumentAnOlderRevisionAndOneTooManyDiffer() {
        documents.put(Output.CUSTOMERS, "missing", 1, CanonicalJson.object());
        documents.put(Output.CUSTOMERS, "older", 1, CanonicalJson.object());
        documents.put(Output.CUSTOMERS, "older", 2, CanonicalJson.object());
        documents.put(Output.CUSTOMERS, "deleted", 1, CanonicalJson.object());
        documents.put(Output.CUSTOMERS, "deleted", 2, null);
        index.get(Output.CUSTOMERS).putAll(Map.of("older", 1L, "deleted", 1L));

        Summary summary = summary();

        assertThat(summary.outputs().get(2)).isEqualTo(new OfOutput("customers", 2, 2, 3));
        assertThat(summary.isGood()).isFalse();
        assertThat(summary.text()).contains("3 documents differ");
    }
}
