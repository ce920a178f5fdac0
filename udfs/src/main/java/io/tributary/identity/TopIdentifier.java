package io.tributary.identity;

import io.tributary.event.CustomerEvent;
import io.tributary.event.Identifier;
import io.tributary.event.Namespaces;
import io.tributary.event.Namespaces.Standing;
import java.util.Comparator;
import java.util.Optional;

/**
 * The identifier that an event itself names its customer by: the asserted one of the highest rank
 * and, within one rank, the smallest value; if none is asserted, the same among the hints; and
 * where all are ignored, among these.
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
        return highest(event, Standing.ASSERTED)
                .or(() -> highest(event, Standing.HINT))
                .or(() -> highest(event, Standing.IGNORED));
    }

    private Optional<Identifier> highest(CustomerEvent event, Standing standing) {
        return event.identifiers().stream()
                .filter(
                        identifier ->
                                namespaces.standing(
                                                event.source(),
                                                event.type(),
                                                identifier.namespace())
                                        == standing)
                .min(topFirst);
    }

    /** Highest rank first and, within one rank, smallest value first. */
    Comparator<Identifier> topFirst() {
        return topFirst;
    }

    private int rank(Identifier identifier) {
        return namespaces.named(identifier.namespace()).map(known -> known.rank()).orElse(0);
    }
}
