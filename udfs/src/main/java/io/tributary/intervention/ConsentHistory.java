package io.tributary.intervention;

import io.tributary.event.CustomerEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Everything one customer said about being contacted. Of all that is about a purpose and channel,
 * what was said last counts, be it for this channel or for all.
 *
 * @param consents sorted by (time, event id), one for each event
 */
public record ConsentHistory(List<Consent> consents) {

    public static final ConsentHistory EMPTY = new ConsentHistory(List.of());

    /** Reads the {@code consent_updated} events among {@code events}, which may be in any order. */
    public static ConsentHistory of(Collection<CustomerEvent> events) {
        return EMPTY.with(events);
    }

    /** This history and the {@code consent_updated} events among {@code events}. */
    public ConsentHistory with(Collection<CustomerEvent> events) {
        Map<String, Consent> byEvent = new HashMap<>();
        consents.forEach(consent -> byEvent.put(consent.event(), consent));
        events.forEach(e -> Consent.of(e).ifPresent(consent -> byEvent.put(e.id(), consent)));
        return new ConsentHistory(
                byEvent.values().stream().sorted(Consent.BY_TIME_THEN_ID).toList());
    }

    /**
     * What the customer had said at a time, that moment included.
     *
     * @param purpose null asks for any purpose
     * @return empty if nothing was said by then
     */
    public Optional<Boolean> at(long time, @Nullable String purpose, String channel) {
        return consents.stream()
                .filter(consent -> consent.time() <= time && consent.isAbout(purpose, channel))
                .reduce((earlier, later) -> later)
                .map(Consent::granted);
    }

    /**
     * The part that can still matter to decisions at or after {@code time}: what was said since,
     * and before that only the last word on each purpose and channel. Bounds what is kept.
     */
    public ConsentHistory trimmed(long time) {
        Map<List<@Nullable String>, Consent> lastWord = new HashMap<>();
        List<Consent> kept = new ArrayList<>();
        for (Consent consent : consents) {
            if (consent.time() < time) {
                lastWord.put(Arrays.asList(consent.purpose(), consent.channel()), consent);
            } else {
                kept.add(consent);
            }
        }
        kept.addAll(lastWord.values());
        return new ConsentHistory(kept.stream().sorted(Consent.BY_TIME_THEN_ID).toList());
    }
}
