package io.tributary.job.check;

import io.tributary.definition.Definitions;
import io.tributary.definition.Problem;
import io.tributary.definition.Problems;
import io.tributary.event.EventCatalog;
import io.tributary.ingest.IdentifierSecret;
import io.tributary.ingest.Sources;
import io.tributary.intervention.Policy;
import io.tributary.journey.JourneyCatalog;
import io.tributary.pattern.Limits;
import io.tributary.pattern.PatternLibrary;
import java.time.Duration;
import java.util.List;

/** Reads definitions as the stages do, and keeps what they complain about. */
final class DefinitionCheck {

    /**
     * How one stage reads its definitions; a further stage is a further line in {@link #READERS}.
     */
    private interface Reader {
        void read(Definitions definitions, EventCatalog events, Findings findings);
    }

    private static final List<Reader> READERS =
            List.of(
                    (definitions, events, found) ->
                            Sources.compile(
                                    definitions,
                                    IdentifierSecret.publishedTestKey(),
                                    Duration.ZERO,
                                    found.problems),
                    (definitions, events, found) ->
                            JourneyCatalog.read(definitions, events, found.problems),
                    (definitions, events, found) -> Policy.read(definitions, found.problems));

    /** What the stages complained about. */
    static final class Findings {

        private final Problems problems = new Problems();
        private final Problems warnings = new Problems();

        List<Problem> problems() {
            return problems.sorted();
        }

        List<Problem> warnings() {
            return warnings.sorted();
        }
    }

    private final Limits limits;

    /**
     * @param horizon how long a customer's log is kept
     */
    DefinitionCheck(Duration horizon) {
        this.limits = new Limits(horizon, Limits.DEFAULT.partialMatches());
    }

    /** Everything in a definitions folder. */
    Findings all(Definitions definitions) {
        Findings findings = new Findings();
        EventCatalog events = EventCatalog.read(definitions, findings.problems);
        READERS.forEach(reader -> reader.read(definitions, events, findings));
        patterns(definitions, events, findings);
        return findings;
    }

    /** Patterns only, against the event types that {@code definitions} has. */
    Findings patterns(Definitions definitions) {
        Findings findings = new Findings();
        patterns(definitions, EventCatalog.read(definitions, findings.problems), findings);
        return findings;
    }

    private void patterns(Definitions definitions, EventCatalog events, Findings findings) {
        PatternLibrary.compile(definitions, events, limits, findings.problems, findings.warnings)
                .close();
    }
}
