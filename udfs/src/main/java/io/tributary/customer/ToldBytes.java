package io.tributary.customer;

import io.tributary.event.CompactInput;
import io.tributary.event.CompactOutput;
import io.tributary.intervention.Arm;
import io.tributary.intervention.Decision;
import io.tributary.intervention.DecisionReason;
import io.tributary.intervention.DecisionStatus;
import io.tributary.journey.Touchpoint;
import io.tributary.ledger.LedgerEntry;
import io.tributary.ledger.PainPointStatus;
import io.tributary.pattern.Match;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a {@link Told} within those of a {@link CustomerState}: nothing for nothing, else
 * decisions, assertions, what was withdrawn, by {@link CompactOutput}, lists as count and elements,
 * an assertion's decision as its place among the decisions, from 1; 0 for none.
 */
final class ToldBytes {

    private static final int USUAL_LENGTH = 512;

    private ToldBytes() {}

    static byte[] of(Told told) {
        if (told.isNothing()) {
            return new byte[0];
        }
        DataOutputSerializer bytes = new DataOutputSerializer(USUAL_LENGTH);
        try {
            write(told, new CompactOutput(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.getCopyOfBuffer();
    }

    /**
     * @throws UncheckedIOException if these are not the bytes of a {@link Told}
     */
    static Told read(byte[] bytes) {
        if (bytes.length == 0) {
            return Told.NOTHING;
        }
        try {
            return told(new CompactInput(new DataInputDeserializer(bytes)));
        } catch (IOException e) {
            throw new UncheckedIOException("what was told cannot be read", e);
        }
    }

    private static void write(Told told, CompactOutput out) throws IOException {
        List<Decision> decisions = new ArrayList<>(told.decisions());
        for (LedgerEntry entry : told.asserted()) {
            Decision decision = entry.decision();
            if (decision != null && !decisions.contains(decision)) {
                decisions.add(decision); // one that is remembered for its pain point only
            }
        }
        out.number(told.decisions().size());
        out.number(decisions.size());
        for (Decision decision : decisions) {
            decision(decision, out);
        }
        out.number(told.asserted().size());
        for (LedgerEntry entry : told.asserted()) {
            Decision decision = entry.decision();
            out.number(decision == null ? 0 : decisions.indexOf(decision) + 1);
            out.string(entry.painPoint());
            out.string(entry.customer());
            out.number(entry.sign());
            out.string(entry.status().name());
            out.string(entry.severity());
            optional(entry.journey(), out);
            match(entry.match(), out);
        }
        out.number(told.withdrawn().size());
        for (Told.Withdrawn withdrawn : told.withdrawn()) {
            out.string(withdrawn.painPoint());
            out.number(withdrawn.end());
        }
    }

    private static void decision(Decision decision, CompactOutput out) throws IOException {
        out.string(decision.id());
        out.string(decision.painPoint());
        out.string(decision.customer());
        out.string(decision.status().name());
        out.string(decision.reason().name());
        out.string(decision.action());
        optional(decision.channel(), out);
        out.number(decision.policyVersion());
        out.number(decision.decidedAt());
        out.number(decision.expiresAt() - decision.decidedAt());
        out.string(decision.arm().name());
        out.string(decision.pattern());
        out.number(decision.touchpoints().size());
        for (Touchpoint touchpoint : decision.touchpoints()) {
            out.string(touchpoint.event());
            out.string(touchpoint.type());
            out.string(touchpoint.channel());
            out.number(decision.decidedAt() - touchpoint.time());
        }
    }

    private static void match(Match match, CompactOutput out) throws IOException {
        out.string(match.id());
        out.string(match.pattern());
        out.number(match.version());
        out.number(match.start());
        out.number(match.end() - match.start());
        out.number(match.detectedAt() - match.end());
        out.number(match.events().size());
        for (Map.Entry<String, List<String>> step : match.events().entrySet()) {
            out.string(step.getKey());
            out.number(step.getValue().size());
            for (String event : step.getValue()) {
                out.string(event);
            }
        }
    }

    private static void optional(@Nullable String value, CompactOutput out) throws IOException {
        out.number(value == null ? 0 : 1);
        if (value != null) {
            out.string(value);
        }
    }

    private static Told told(CompactInput in) throws IOException {
        int remembered = in.count();
        int count = in.count();
        List<Decision> decisions = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            decisions.add(decision(in));
        }
        count = in.count();
        List<LedgerEntry> asserted = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int place = in.count();
            String painPoint = in.string();
            String customer = in.string();
            int sign = in.count();
            PainPointStatus status = PainPointStatus.valueOf(in.string());
            String severity = in.string();
            String journey = optional(in);
            asserted.add(
                    new LedgerEntry(
                            painPoint,
                            customer,
                            sign,
                            status,
                            match(in),
                            severity,
                            journey,
                            place == 0 ? null : decisions.get(place - 1)));
        }
        count = in.count();
        List<Told.Withdrawn> withdrawn = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            withdrawn.add(new Told.Withdrawn(in.string(), in.number()));
        }
        return new Told(asserted, List.copyOf(decisions.subList(0, remembered)), withdrawn);
    }

    private static Decision decision(CompactInput in) throws IOException {
        String id = in.string();
        String painPoint = in.string();
        String customer = in.string();
        DecisionStatus status = DecisionStatus.valueOf(in.string());
        DecisionReason reason = DecisionReason.valueOf(in.string());
        String action = in.string();
        String channel = optional(in);
        int policyVersion = in.count();
        long decidedAt = in.number();
        long expiresAt = decidedAt + in.number();
        Arm arm = Arm.valueOf(in.string());
        String pattern = in.string();
        int count = in.count();
        List<Touchpoint> touchpoints = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            touchpoints.add(
                    new Touchpoint(in.string(), in.string(), in.string(), decidedAt - in.number()));
        }
        return new Decision(
                id,
                painPoint,
                customer,
                customer,
                status,
                reason,
                action,
                channel,
                policyVersion,
                decidedAt,
                expiresAt,
                arm,
                pattern,
                touchpoints);
    }

    private static Match match(CompactInput in) throws IOException {
        String id = in.string();
        String pattern = in.string();
        int version = in.count();
        long start = in.number();
        long end = start + in.number();
        long detectedAt = end + in.number();
        int steps = in.count();
        Map<String, List<String>> events = new LinkedHashMap<>();
        for (int i = 0; i < steps; i++) {
            String step = in.string();
            int count = in.count();
            List<String> ids = new ArrayList<>(count);
            for (int j = 0; j < count; j++) {
                ids.add(in.string());
            }
            events.put(step, ids);
        }
        return new Match(id, pattern, version, detectedAt, start, end, events);
    }

    private static @Nullable String optional(CompactInput in) throws IOException {
        return in.number() == 0 ? null : in.string();
    }
}
