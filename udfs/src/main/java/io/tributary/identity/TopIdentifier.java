package io.tributary.identity;

import io.tributary.event.CustomerEvent;
import io.tributary.event.Identifier;
import io.tributary.event.Namespaces;
import java.util.Comparator;
import java.util.Optional;

/**
 * The identifier that an event itself names its customer by: the asserted one of the highest rank
 * and, within one rank, the smallest value; if none is asserted, the same among the hints.
 */
public final class TopIdentifier {

    private final Namespaces namespaces;
    private final Comparator<Identifier> topFirst;

    public TopIdentifier(Namespaces namespaces) {
        this.namespaces = namespaces;
        this.topFirst =
                Comparator.comparingInt(this::rank).reversed().thenComparing(Identifier::value);
    }

    /** Empty only if the event carries no identifier at all. */
    public Optional<Identifier> of(CustomerEvent event) {
        return event.identifiers().stream()
                .filter(identifier -> isAsserted(event, identifier))
                .min(topFirst)
                .or(() -> event.identifiers().stream().min(topFirst));
    }

    private boolean isAsserted(CustomerEvent event, Identifier identifier) {
        return namespaces.standing(event.source(), event.type(), identifier.namespace())
                == Namespaces.Standing.ASSERTED;
    }

    private int rank(Identifier identifier) {
        return namespaces.named(identifier.namespace()).map(known -> known.rank()).orElse(0);
    }
}
