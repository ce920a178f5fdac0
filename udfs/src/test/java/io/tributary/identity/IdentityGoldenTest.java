package io.tributary.identity;

import io.tributary.definition.Definitions;
import io.tributary.event.CustomerEvent;
import io.tributary.ingest.SampleEvents;
import io.tributary.intervention.Golden;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Whose the sample's events are, and why: {@code event customer [rule from-namespace] ...}. */
class IdentityGoldenTest {

    @Test
    void everyEventFindsItsCustomerAndTheReasonIsTold() throws Exception {
        Golden golden = new Golden("identity");
        List<CustomerEvent> events = SampleEvents.decode(golden.input());
        try (IdentityHarness stage =
                new IdentityHarness(
                        Definitions.read(Path.of("..", "definitions")), Duration.ofDays(20))) {
            stage.happens(events.toArray(CustomerEvent[]::new));
            golden.check(lines(stage));
        }
    }

    private static List<String> lines(IdentityHarness stage) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line : stage.assigned()) {
            lines.add(
                    line
                            + stage.path(line).stream()
                                    .map(
                                            hop ->
                                                    " "
                                                            + hop.rule()
                                                            + " "
                                                            + IdentityMessage.namespaceOf(
                                                                    hop.from())
                                                            + "@"
                                                            + hop.event())
                                    .collect(Collectors.joining()));
        }
        return lines;
    }
}
