package io.tributary.identity;

import io.tributary.event.CustomerEvent;
import io.tributary.event.Identifier;
import io.tributary.event.Namespace;
import io.tributary.event.Namespaces;
import io.tributary.event.Namespaces.Standing;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The identifier that an event itself names its customer by: the asserted one of the highest rank
 * and, within one rank, the smallest value; if none is asserted, the same among the hints; and
 * where all are ignored, among these.
 */
public final class TopIdentifier {

    private final Namespaces namespaces;
    private final Comparator<Identifier> topFirst;
    private final Map<String, Integer> ranks;

    public TopIdentifier(Namespaces namespaces) {
        this.namespaces = namespaces;
        this.ranks =
                namespaces.byRank().stream()
                        .collect(Collectors.toUnmodifiableMap(Namespace::name, Namespace::rank));
        this.topFirst =
                Comparator.comparingInt(this::rank).reversed().thenComparing(Identifier::value);
    }

    /** Empty only if the event carries no identifier at all. */
    public Optional<Identifier> of(CustomerEvent event) {
        if (event.identifiers().size() == 1) {
            return Optional.of(event.identifiers().get(0));
        }
        return highest(event, Standing.ASSERTED)
                .or(() -> highest(event, Standing.HINT))
                .or(() -> highest(event, Standing.IGNORED));
    }

    private Optional<Identifier> highest(CustomerEvent event, Standing standing) {
        Identifier highest = null;
        for (Identifier identifier : event.identifiers()) {
            if (namespaces.standing(event.source(), event.type(), identifier.namespace())
                            == standing
                    && (highest == null || topFirst.compare(identifier, highest) < 0)) {
                highest = identifier;
            }
        }
        return Optional.ofNullable(highest);
    }

    /** Highest rank first and, within one rank, smallest value first. */
    Comparator<Identifier> topFirst() {
        return topFirst;
    }

    /** 0 if it is of no known namespace. */
    int rank(Identifier identifier) {
        return ranks.getOrDefault(identifier.namespace(), 0);
    }
}
