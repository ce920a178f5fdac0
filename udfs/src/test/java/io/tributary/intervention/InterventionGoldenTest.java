package io.tributary.intervention;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.definition.Definitions;
import io.tributary.definition.Problems;
import io.tributary.event.CanonicalJson;
import io.tributary.event.CustomerEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Under the shipped policy: one line asks about one pain point, earlier lines are remembered. */
class InterventionGoldenTest {

    @Test
    void theSampleCustomersAreDecidedAsWritten() throws IOException {
        Problems problems = new Problems();
        InterventionPolicy policy =
                new InterventionPolicy(
                        Policy.read(Definitions.read(Path.of("..", "definitions")), problems));
        problems.throwIfAny();
        Golden golden = new Golden("intervention");
        Map<String, List<PastDecision>> made = new HashMap<>();
        List<String> lines = new ArrayList<>();
        for (JsonNode asked : golden.input()) {
            String customer = Samples.text(asked, "customer");
            List<PastDecision> earlier = made.computeIfAbsent(customer, k -> new ArrayList<>());
            List<CustomerEvent> log = Samples.events(asked.get("log"));
            Decision decision =
                    policy.decide(
                            Samples.match(asked.get("match")),
                            Samples.spec(asked.get("intervention")),
                            asked.get("shadow").booleanValue(),
                            new CustomerContext(
                                    customer,
                                    customer,
                                    ConsentHistory.of(log),
                                    List.copyOf(earlier),
                                    Samples.touchpoints(log)));
            earlier.add(PastDecision.of(decision));
            lines.add(CanonicalJson.string(decision.data()));
        }
        golden.check(lines);
    }
}
