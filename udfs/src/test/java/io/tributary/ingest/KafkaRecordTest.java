package io.tributary.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.event.CustomerEvent;
import io.tributary.event.EventTime;
import io.tributary.event.Identifier;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What only Kafka records have: headers, timestamps, tombstones, several sources. */
class KafkaRecordTest {

    private static final long NOON = EventTime.parse("2026-03-01T12:00:00Z");

    private static final Map<String, String> CLOUD_EVENT =
            Map.of(
                    "ce_specversion", "1.0",
                    "ce_id", "1",
                    "ce_source", "/calls",
                    "ce_type", "call_started",
                    "ce_time", "2026-03-01T11:59:00Z",
                    "ce_userid", "u-1001",
                    "content-type", "application/json; charset=utf-8");

    private final Decoding decoding = Decoding.shipped();

    @Test
    void aBinaryCloudEventHasItsAttributesInHeaders() {
        CustomerEvent event =
                Decoding.event(
                        decoding.record("voice", NOON, "{\"matter\":\"invoice\"}", CLOUD_EVENT));
        assertThat(event)
                .isEqualTo(
                        new CustomerEvent(
                                "/calls\u001F1",
                                "call_started",
                                EventTime.parse("2026-03-01T11:59:00Z"),
                                EventTime.parse("2026-03-01T11:59:00Z"),
                                NOON,
                                "voice",
                                "voice",
                                event.identifiers(),
                                "{\"matter\":\"invoice\"}".getBytes(StandardCharsets.UTF_8)));
        assertThat(event.identifiers())
                .extracting(Identifier::key)
                .containsExactly("user_id:77c5b1c8d1639528c095efd45e5a4aa6");
    }

    @Test
    void aBinaryCloudEventMayHaveNoData() {
        for (String none : new String[] {null, ""}) {
            CustomerEvent event = Decoding.event(decoding.record("voice", NOON, none, CLOUD_EVENT));
            assertThat(event.propertiesJson()).asString().isEqualTo("{}");
        }
    }

    @Test
    void dataThatIsNoJsonObjectIsRejected() {
        assertThat(reason(decoding.record("voice", NOON, "[1]", CLOUD_EVENT)))
                .isEqualTo(RejectionReason.WRONG_TYPE);
        assertThat(reason(decoding.record("voice", NOON, "{\"a\":", CLOUD_EVENT)))
                .isEqualTo(RejectionReason.NOT_JSON);
        assertThat(reason(decoding.record("voice", NOON, "<a/>", with("content-type", "text/xml"))))
                .isEqualTo(RejectionReason.NOT_JSON);
    }

    @Test
    void aTombstoneIsRejectedWithItsCoordinates() {
        assertThat(decoding.record("web", NOON, null, Map.of()))
                .containsExactly(
                        Ingested.rejected(
                                new Rejected(
                                        RejectionReason.TOMBSTONE,
                                        "the record has no value",
                                        "web",
                                        "events.web",
                                        3,
                                        17,
                                        NOON,
                                        new byte[0])));
    }

    @Test
    void aStructuredCloudEventIsToldByItsContentType() {
        Map<String, String> headers = Map.of("content-type", "application/cloudevents+json");
        assertThat(reason(decoding.record("voice", NOON, "{\"id\":\"1\"}", headers)))
                .isEqualTo(RejectionReason.UNKNOWN_FORMAT);
    }

    @Test
    void theRecordsTimeIsTheReceivedTimeWhereTheMessageHasNone() {
        String track =
                "{\"type\":\"track\",\"event\":\"Cart"
                        + " Viewed\",\"messageId\":\"1\",\"userId\":\"u\"";
        CustomerEvent without = Decoding.event(decoding.record("web", NOON, track + "}", Map.of()));
        assertThat(without.time()).isEqualTo(NOON);
        assertThat(without.receivedTime()).isEqualTo(NOON);

        CustomerEvent ahead =
                Decoding.event(
                        decoding.record(
                                "web",
                                NOON,
                                track + ",\"timestamp\":\"2026-03-01T13:00:00Z\"}",
                                Map.of()));
        assertThat(ahead.time()).isEqualTo(NOON);
        assertThat(ahead.originalTime()).isEqualTo(EventTime.parse("2026-03-01T13:00:00Z"));

        CustomerEvent received =
                Decoding.event(
                        decoding.record(
                                "web",
                                NOON,
                                track + ",\"receivedAt\":\"2026-03-01T10:00:00Z\"}",
                                Map.of()));
        assertThat(received.receivedTime()).isEqualTo(EventTime.parse("2026-03-01T10:00:00Z"));
    }

    @Test
    void exactly24HoursAheadIsHeldDownAndOneMillisecondMoreIsRejected() {
        String track =
                "{\"type\":\"track\",\"event\":\"x\",\"messageId\":\"1\",\"userId\":\"u\",\"timestamp\":\"";
        assertThat(
                        Decoding.event(
                                        decoding.record(
                                                "web",
                                                NOON,
                                                track + "2026-03-02T12:00:00.000Z\"}",
                                                Map.of()))
                                .time())
                .isEqualTo(NOON);
        assertThat(
                        reason(
                                decoding.record(
                                        "web",
                                        NOON,
                                        track + "2026-03-02T12:00:00.001Z\"}",
                                        Map.of())))
                .isEqualTo(RejectionReason.TIME_IN_FUTURE);
    }

    @Test
    void onlyTheLatePartOfABatchIsSetAsideAndOnlyFromALiveSource() {
        String onTime = part("1", "2026-02-19T12:00:00.000Z");
        String late = part("2", "2026-02-19T11:59:59.999Z");
        String batch = "{\"batch\":[" + onTime + ", " + late + "]}";

        List<Ingested> live = decoding.record("web", NOON, batch, Map.of());
        assertThat(live).extracting(Ingested::isAccepted).containsExactly(true, false);
        assertThat(live.get(1).rejected())
                .isEqualTo(
                        new Rejected(
                                RejectionReason.LATE,
                                "cart_viewed on web",
                                "web",
                                "events.web",
                                3,
                                17,
                                NOON,
                                late.getBytes(StandardCharsets.UTF_8)));

        assertThat(decoding.record("crm", NOON, batch, Map.of()))
                .extracting(Ingested::isAccepted)
                .containsExactly(true, true);
    }

    private static String part(String id, String time) {
        return "{\"type\":\"track\",\"event\":\"Cart Viewed\",\"userId\":\"ü\",\"messageId\":\""
                + id
                + "\",\"timestamp\":\""
                + time
                + "\"}";
    }

    @Test
    void aSourceThatExpectsOneFormatDoesNotGuess() {
        Decoding segment =
                Decoding.of(
                        Decoding.withSources(
                                "sources: [{name: web, mode: live, channel: store, topics: [t],"
                                        + " format: segment, maxBytes: 200}]"));
        assertThat(reason(segment.record("web", NOON, null, CLOUD_EVENT)))
                .isEqualTo(RejectionReason.TOMBSTONE);
        assertThat(reason(segment.record("web", NOON, "{\"specversion\":\"1.0\"}", Map.of())))
                .isEqualTo(RejectionReason.MISSING_TYPE);
        assertThat(reason(segment.record("web", NOON, " ".repeat(201), Map.of())))
                .isEqualTo(RejectionReason.TOO_LARGE);
        String page = "{\"type\":\"page\",\"userId\":\"u\"}";
        assertThat(Decoding.event(segment.record("web", NOON, page, Map.of())).channel())
                .isEqualTo("store");
    }

    private static Map<String, String> with(String header, String value) {
        TreeMap<String, String> headers = new TreeMap<>(CLOUD_EVENT);
        headers.put(header, value);
        return headers;
    }

    private static RejectionReason reason(List<Ingested> results) {
        return Decoding.rejected(results).reason();
    }
}
