package io.tributary.ledger;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.event.CanonicalJson;
import io.tributary.event.EventTime;
import io.tributary.pattern.Match;
import io.tributary.pattern.StepEventsTypeInfo;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.jspecify.annotations.Nullable;

/**
 * A pain point as the world sees it. Times are epoch milliseconds.
 *
 * @param id match id
 * @param pattern definition id
 * @param version definition version
 * @param customer the smallest customer id that asserts it; once retracted, the last one shown
 * @param status detected, open or retracted
 * @param detectedAt time of the event that completed it or deadline of the absence; null if it was
 *     never more than open
 * @param start time of its first event
 * @param end time of its last event or deadline of the absence
 * @param events step name to event ids
 * @param severity of the definition
 * @param journey of the definition; null if it names none
 * @param revision 1 for the first document, then rising by 1
 */
public record PainPoint(
        String id,
        String pattern,
        int version,
        String customer,
        PainPointStatus status,
        @Nullable Long detectedAt,
        long start,
        long end,
        @TypeInfo(StepEventsTypeInfo.class) Map<String, List<String>> events,
        String severity,
        @Nullable String journey,
        long revision) {

    static PainPoint of(LedgerEntry entry, long revision) {
        Match match = entry.match();
        return new PainPoint(
                entry.painPoint(),
                match.pattern(),
                match.version(),
                entry.customer(),
                entry.status(),
                entry.status() == PainPointStatus.DETECTED ? match.detectedAt() : null,
                match.start(),
                match.end(),
                match.events(),
                entry.severity(),
                entry.journey(),
                revision);
    }

    PainPoint with(PainPointStatus newStatus, long newRevision) {
        return new PainPoint(
                id,
                pattern,
                version,
                customer,
                newStatus,
                detectedAt,
                start,
                end,
                events,
                severity,
                journey,
                newRevision);
    }

    /** The document's own time: when it began, the one time of it that never moves. */
    public long time() {
        return start;
    }

    /** The document, {@code revision} included. */
    public ObjectNode data() {
        ObjectNode steps = CanonicalJson.object();
        events.forEach(
                (step, ids) -> {
                    ArrayNode list = steps.putArray(step);
                    ids.forEach(list::add);
                });
        ObjectNode data = CanonicalJson.object();
        data.put("id", id);
        data.put("pattern", pattern);
        data.put("version", version);
        data.put("customer", customer);
        data.put("status", status.json());
        data.put("detectedAt", detectedAt == null ? null : EventTime.format(detectedAt));
        data.put("start", EventTime.format(start));
        data.put("end", EventTime.format(end));
        data.set("events", steps);
        data.put("severity", severity);
        data.put("journey", journey);
        data.put("revision", revision);
        return data;
    }

    /** {@link #data()} as canonical JSON. */
    public String toJson() {
        return CanonicalJson.string(data());
    }
}
