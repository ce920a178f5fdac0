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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The bytes of an assertion within those of a {@link LogChunk}, by {@link CompactOutput}. */
final class LedgerEntryBytes {

    private LedgerEntryBytes() {}

    static void write(LedgerEntry entry, CompactOutput out) throws IOException {
        out.string(entry.customer());
        out.string(entry.status().name());
        out.string(entry.severity());
        optional(entry.journey(), out);
        match(entry.match(), out);
        Decision decision = entry.decision();
        out.number(decision == null ? 0 : 1);
        if (decision != null) {
            decision(decision, out);
        }
    }

    static LedgerEntry read(CompactInput in) throws IOException {
        String customer = in.string();
        PainPointStatus status = PainPointStatus.valueOf(in.string());
        String severity = in.string();
        String journey = optional(in);
        Match match = match(in);
        return new LedgerEntry(
                match.id(),
                customer,
                LedgerEntry.ASSERTED,
                status,
                match,
                severity,
                journey,
                in.number() == 0 ? null : decision(in));
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
