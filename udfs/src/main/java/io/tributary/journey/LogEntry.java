package io.tributary.journey;

import io.tributary.event.CustomerEvent;
import io.tributary.identity.Hop;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * All a customer's log holds under one event id: the different records that came with this id, and
 * the paths by which each came, with the sum of the signs it was assigned and taken back with.
 *
 * <p>A record is present while the sum over its paths is not 0. Of several present records the
 * smallest by (time, bytes) is the event; that is decided on read, so the order of arrival cannot
 * matter.
 *
 * @param variants distinct records and paths whose sum is not 0
 */
public record LogEntry(List<Variant> variants) {

    public static final LogEntry ABSENT = new LogEntry(List.of());

    private static final Comparator<CustomerEvent> SMALLEST =
            Comparator.comparingLong(CustomerEvent::time)
                    .thenComparing(CustomerEvent::propertiesJson, Arrays::compare)
                    .thenComparing(CustomerEvent::type)
                    .thenComparing(CustomerEvent::channel)
                    .thenComparing(CustomerEvent::source)
                    .thenComparingLong(CustomerEvent::receivedTime)
                    .thenComparing(event -> event.identifiers().toString())
                    .thenComparingLong(CustomerEvent::originalTime);

    /** While signs are on their way there may be two; one that is assigned, else the smallest. */
    private static final Comparator<Variant> PATH_FIRST =
            Comparator.comparing((Variant variant) -> variant.sum() < 0)
                    .thenComparing(variant -> variant.path().toString());

    /**
     * @param event one record
     * @param path by which it came; empty if it carries the customer's identifier
     * @param sum of its signs, not 0
     */
    public record Variant(CustomerEvent event, List<Hop> path, int sum) {}

    /** The event with this id, if any record of it is present. */
    public Optional<CustomerEvent> event() {
        if (variants.size() == 1) {
            return Optional.of(variants.get(0).event());
        }
        return variants.stream().map(Variant::event).filter(this::isPresent).min(SMALLEST);
    }

    private boolean isPresent(CustomerEvent event) {
        return variants.stream()
                        .filter(variant -> variant.event().equals(event))
                        .mapToInt(Variant::sum)
                        .sum()
                != 0;
    }

    /** The path by which {@link #event} came; empty if it needed none, or is not there. */
    public List<Hop> path() {
        if (variants.size() == 1) {
            return variants.get(0).path();
        }
        return event().flatMap(
                        event ->
                                variants.stream()
                                        .filter(variant -> variant.event().equals(event))
                                        .min(PATH_FIRST))
                .map(Variant::path)
                .orElse(List.of());
    }

    public boolean isAbsent() {
        return event().isEmpty();
    }

    /** Adds {@code sign} to the sum of {@code event} by {@code path}. */
    public LogEntry with(CustomerEvent event, List<Hop> path, int sign) {
        List<Variant> changed = new ArrayList<>(variants.size() + 1);
        int sum = sign;
        for (Variant variant : variants) {
            if (variant.event().equals(event) && variant.path().equals(path)) {
                sum += variant.sum();
            } else {
                changed.add(variant);
            }
        }
        if (sum != 0) {
            changed.add(new Variant(event, path, sum));
        }
        return new LogEntry(changed);
    }
}
