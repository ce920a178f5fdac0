package io.tributary.identity;

import io.tributary.definition.Definitions;
import io.tributary.definition.Problems;
import io.tributary.event.Namespaces;
import io.tributary.ingest.SampleEvents;
import io.tributary.intervention.Golden;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class IdentityGoldenTest {

    @Test
    void theHighestIdentifierThatAnEventCarriesNamesItsCustomer() throws IOException {
        Problems problems = new Problems();
        TopIdentifier top =
                new TopIdentifier(
                        Namespaces.read(Definitions.read(Path.of("..", "definitions")), problems));
        problems.throwIfAny();
        Golden golden = new Golden("identity");
        List<String> lines =
                SampleEvents.decode(golden.input()).stream()
                        .map(event -> event.id() + " " + top.of(event).orElseThrow().key())
                        .toList();
        golden.check(lines);
    }
}
