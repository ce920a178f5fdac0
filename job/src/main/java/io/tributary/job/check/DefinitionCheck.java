package io.tributary.job.check;

import io.tributary.definition.Definitions;
import io.tributary.definition.Problem;
import io.tributary.definition.Problems;
import io.tributary.definition.YamlNode;
import io.tributary.event.EventCatalog;
import io.tributary.identity.IdentitySettings;
import io.tributary.ingest.IdentifierSecret;
import io.tributary.ingest.Sources;
import io.tributary.intervention.Policy;
import io.tributary.journey.JourneyCatalog;
import io.tributary.pattern.Limits;
import io.tributary.pattern.PatternDefinition;
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
                            IdentitySettings.read(definitions, found.problems),
                    (definitions, events, found) ->
                            JourneyCatalog.read(definitions, events, found.problems));

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
        Policy policy = Policy.read(definitions, findings.problems);
        try (PatternLibrary library = compile(definitions, events, findings)) {
            library.patterns()
                    .forEach(pattern -> checkChannels(pattern.definition(), policy, findings));
        }
        return findings;
    }

    /** Patterns only, against the event types that {@code definitions} has. */
    Findings patterns(Definitions definitions) {
        Findings findings = new Findings();
        compile(definitions, EventCatalog.read(definitions, findings.problems), findings).close();
        return findings;
    }

    private PatternLibrary compile(
            Definitions definitions, EventCatalog events, Findings findings) {
        return PatternLibrary.compile(
                definitions, events, limits, findings.problems, findings.warnings);
    }

    /** A channel that the policy does not know is never used, which its author may not expect. */
    private static void checkChannels(
            PatternDefinition definition, Policy policy, Findings findings) {
        YamlNode intervention = definition.at().get("intervention");
        YamlNode channels = intervention == null ? null : intervention.get("channels");
        if (channels != null) {
            for (YamlNode channel : channels.items()) {
                if (!policy.channels().contains(channel.text())) {
                    findings.warnings.add(
                            channel,
                            "channel '"
                                    + channel.text()
                                    + "' is not one of policy.yaml: nothing is offered on it");
                }
            }
        }
    }
}
