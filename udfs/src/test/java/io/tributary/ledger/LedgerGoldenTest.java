package io.tributary.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.intervention.DecisionReason;
import io.tributary.intervention.DecisionStatus;
import io.tributary.intervention.Golden;
import io.tributary.intervention.Samples;
import io.tributary.pattern.Match;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** One entry a line in; every document that it changes out, in order. */
class LedgerGoldenTest {

    @Test
    void theSampleEntriesAreKeptAsWritten() throws IOException {
        PainPointLedger ledger = new PainPointLedger(Duration.ofDays(40));
        Golden golden = new Golden("ledger");
        Map<String, PainPointLife> lives = new HashMap<>();
        List<String> lines = new ArrayList<>();
        for (JsonNode json : golden.input()) {
            LedgerEntry entry = entry(json);
            PainPointLife before = lives.getOrDefault(entry.painPoint(), PainPointLife.UNBORN);
            PainPointLife after =
                    ledger.apply(before, entry, entry.match().detectedAt(), Long.MIN_VALUE);
            lives.put(entry.painPoint(), after);
            LedgerChange change =
                    new LedgerChange(
                            before.painPoint(),
                            after.painPoint(),
                            before.decision(),
                            after.decision());
            if (change.changesPainPoint()) {
                lines.add(change.painPoint().toJson());
            }
            if (change.changesDecision()) {
                lines.add(change.decision().toJson());
            }
        }
        golden.check(lines);
    }

    /** {@code status} is open, or the status and reason of the decision of a detected one. */
    static LedgerEntry entry(JsonNode json) {
        Match match = Samples.match(json.get("match"));
        String customer = Samples.text(json, "customer");
        String status = Samples.text(json, "status");
        LedgerEntry asserted =
                status.equals("open")
                        ? LedgerEntry.open(customer, match, "high", "purchase")
                        : Entries.detected(
                                customer,
                                match,
                                DecisionStatus.valueOf(status),
                                DecisionReason.valueOf(Samples.text(json, "reason")));
        return json.get("sign").intValue() > 0 ? asserted : asserted.withdrawn();
    }
}
