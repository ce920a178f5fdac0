package io.tributary.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.definition.Definitions;
import io.tributary.definition.Problems;
import io.tributary.event.CustomerEvent;
import io.tributary.event.EventCatalog;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs {@code definitions/patterns/tests} on the definitions that are shipped. */
class ScenarioTest {

    private static PatternLibrary library;

    @BeforeAll
    static void compile() {
        Definitions definitions = Scenario.definitions();
        Problems problems = new Problems();
        EventCatalog catalog = EventCatalog.read(definitions, problems);
        library = PatternLibrary.compile(definitions, catalog, problems);
        problems.throwIfAny();
    }

    @AfterAll
    static void close() {
        library.close();
    }

    static Stream<Scenario> scenarios() throws IOException {
        return Scenario.all().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("scenarios")
    void theScenarioFindsWhatItSays(Scenario scenario) {
        List<CustomerEvent> log =
                scenario.events().stream().sorted(CustomerEvent.BY_TIME_THEN_ID).toList();
        List<Scenario.Finding> found =
                library.patterns().stream()
                        .flatMap(pattern -> pattern.replay(log, Scenario.END).matches().stream())
                        .map(Scenario.Finding::of)
                        .sorted(Scenario.Finding.ORDER)
                        .toList();
        assertThat(found).isEqualTo(scenario.finds());
    }
}
