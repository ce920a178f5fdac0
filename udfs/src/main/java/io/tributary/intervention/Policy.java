package io.tributary.intervention;

import io.tributary.definition.Definitions;
import io.tributary.definition.Problems;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rules of contact that hold across definitions, from {@code policy.yaml}:
 *
 * <pre>{@code
 * version: 1
 * channels: [web, chat, email]
 * consent:
 *   purpose: proactive_service
 *   required: [email]
 *   default: denied
 * cooldown: 4h
 * }</pre>
 *
 * @param version written into every decision
 * @param channels those on which a customer can be approached; others are never used
 * @param purpose which purpose of {@code consent_updated} counts; null for every purpose
 * @param consentRequired channels that need an agreement; on the others a customer may be contacted
 *     until they refuse
 * @param consentDefault for required channels whether silence means yes; absent means no
 * @param cooldown least time between two offers to one customer, whatever the definition; zero for
 *     none
 */
public record Policy(
        int version,
        Set<String> channels,
        @Nullable String purpose,
        Set<String> consentRequired,
        Map<String, Boolean> consentDefault,
        Duration cooldown) {

    /** What holds where no policy is written: no channel is known, so nobody is approached. */
    public static final Policy NONE =
            new Policy(0, Set.of(), null, Set.of(), Map.of(), Duration.ZERO);

    /** Reads {@code policy.yaml}; what cannot be read is left out and named in {@code problems}. */
    public static Policy read(Definitions definitions, Problems problems) {
        Definitions.SourceFile file = definitions.file(Definitions.POLICY);
        return file == null ? NONE : PolicyReader.read(file, problems);
    }

    /**
     * Whether the customer may be contacted on a channel: what they said last before {@code time},
     * that moment included; if they said nothing, what this policy says about silence.
     */
    public boolean mayContact(ConsentHistory consents, String channel, long time) {
        return consents.at(time, purpose, channel).orElseGet(() -> silenceMeansYes(channel));
    }

    private boolean silenceMeansYes(String channel) {
        return !consentRequired.contains(channel) || consentDefault.getOrDefault(channel, false);
    }
}
