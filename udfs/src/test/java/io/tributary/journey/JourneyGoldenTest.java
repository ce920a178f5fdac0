package io.tributary.journey;

import io.tributary.definition.Definitions;
import io.tributary.definition.Problems;
import io.tributary.event.CanonicalJson;
import io.tributary.event.EventCatalog;
import io.tributary.ingest.SampleEvents;
import io.tributary.intervention.Golden;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class JourneyGoldenTest {

    @Test
    void theDocumentFollowsTheCustomerEventByEvent() throws IOException {
        Problems problems = new Problems();
        Definitions definitions = Definitions.read(Path.of("..", "definitions"));
        EventCatalog events = EventCatalog.read(definitions, problems);
        SummaryFold fold = new SummaryFold(JourneyCatalog.read(definitions, events, problems));
        problems.throwIfAny();
        Golden golden = new Golden("journey");
        List<String> lines = new ArrayList<>();
        CustomerSummary summary = CustomerSummary.EMPTY;
        for (var event : SampleEvents.decode(golden.input())) {
            summary = fold.fold(summary, List.of(event));
            CustomerDocument document =
                    new CustomerDocument("user_id:anna", summary, lines.size() + 1);
            lines.add(CanonicalJson.string(document.data()));
        }
        golden.check(lines);
    }
}
