package io.tributary.job;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.erasure.Receipt;
import io.tributary.event.CanonicalJson;
import io.tributary.event.CustomerEvent;
import io.tributary.event.EventTime;
import io.tributary.ingest.Rejected;
import io.tributary.ingest.RejectionReason;
import io.tributary.job.connectors.Output;
import io.tributary.job.connectors.OutputRecord;
import io.tributary.journey.CustomerDocument;
import io.tributary.ledger.DecisionDocument;
import io.tributary.ledger.PainPoint;
import io.tributary.ledger.Tombstone;
import io.tributary.metric.Metric;
import java.util.Map;
import java.util.TreeMap;

/** The outward form of what the stages emit. */
final class Documents {

    private Documents() {}

    static OutputRecord painPoint(PainPoint painPoint) {
        return document(
                Output.PAIN_POINTS,
                painPoint.id(),
                painPoint.data(),
                painPoint.time(),
                painPoint.revision());
    }

    static OutputRecord decision(DecisionDocument decision) {
        return document(
                Output.INTERVENTIONS,
                decision.id(),
                decision.data(),
                decision.time(),
                decision.revision());
    }

    static OutputRecord metric(Metric metric) {
        return document(
                Output.METRICS, metric.id(), metric.data(), metric.time(), metric.revision());
    }

    /** Deletes a document of an erased customer. */
    static OutputRecord tombstone(Tombstone gone) {
        Output output =
                gone.kind() == Tombstone.Kind.PAIN_POINT
                        ? Output.PAIN_POINTS
                        : Output.INTERVENTIONS;
        return new OutputRecord(output, gone.id(), null, gone.time(), gone.revision(), Map.of());
    }

    static OutputRecord receipt(Receipt receipt) {
        return document(
                Output.RECEIPTS,
                receipt.id(),
                receipt.data(),
                receipt.requestedAt(),
                receipt.revision());
    }

    static OutputRecord customer(CustomerDocument customer) {
        if (customer.isEmptied()) {
            return new OutputRecord(
                    Output.CUSTOMERS, customer.customer(), null, 0, customer.revision(), Map.of());
        }
        return document(
                Output.CUSTOMERS,
                customer.customer(),
                customer.data(),
                customer.summary().updatedAt(),
                customer.revision());
    }

    private static OutputRecord document(
            Output output, String id, ObjectNode data, long time, long revision) {
        return new OutputRecord(output, id, CanonicalJson.bytes(data), time, revision, Map.of());
    }

    /** What ingest rejected, and what it found too old. */
    static OutputRecord refused(Output output, Rejected rejected) {
        Map<String, String> headers = new TreeMap<>();
        headers.put("reason", rejected.reason().word());
        headers.put("detail", rejected.detail());
        headers.put("source", rejected.source());
        headers.put("origin", rejected.origin());
        headers.put("partition", Integer.toString(rejected.partition()));
        headers.put("position", Long.toString(rejected.position()));
        return new OutputRecord(
                output,
                rejected.origin() + "/" + rejected.partition() + "/" + rejected.position(),
                rejected.payload(),
                rejected.receivedTime(),
                0,
                headers);
    }

    /** An event that became too old on its way; its bytes are gone, so it is told as decoded. */
    static OutputRecord late(CustomerEvent event) {
        return decoded(Output.LATE, "behind_watermark", event);
    }

    /** An event of a customer who has too many, as decoded. */
    static OutputRecord quarantined(CustomerEvent event) {
        return decoded(Output.REJECTED, RejectionReason.QUARANTINED.word(), event);
    }

    private static OutputRecord decoded(Output output, String reason, CustomerEvent event) {
        ObjectNode json = CanonicalJson.object();
        json.put("id", event.id());
        json.put("type", event.type());
        json.put("time", EventTime.format(event.time()));
        json.put("receivedTime", EventTime.format(event.receivedTime()));
        json.put("channel", event.channel());
        ArrayNode identifiers = json.putArray("identifiers");
        event.identifiers().forEach(identifier -> identifiers.add(identifier.key()));
        json.set("properties", event.properties());
        return new OutputRecord(
                output,
                event.id(),
                CanonicalJson.bytes(json),
                event.time(),
                0,
                Map.of("reason", reason, "detail", "decoded event", "source", event.source()));
    }
}
