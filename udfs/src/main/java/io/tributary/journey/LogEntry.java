package io.tributary.journey;

import io.tributary.event.CustomerEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * All a customer's log holds under one event id: the different records that came with this id, each
 * with the sum of the signs it was assigned and taken back with.
 *
 * <p>A record is present while its sum is not 0. Of several present records the smallest by (time,
 * bytes) is the event; that is decided on read, so the order of arrival cannot matter.
 *
 * @param variants distinct records whose sum is not 0
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

    /**
     * @param event one record
     * @param sum of its signs, not 0
     */
    public record Variant(CustomerEvent event, int sum) {}

    /** The event with this id, if any record of it is present. */
    public Optional<CustomerEvent> event() {
        return variants.stream().map(Variant::event).min(SMALLEST);
    }

    public boolean isAbsent() {
        return variants.isEmpty();
    }

    /** Adds {@code sign} to the sum of {@code event}. */
    public LogEntry with(CustomerEvent event, int sign) {
        List<Variant> changed = new ArrayList<>(variants.size() + 1);
        int sum = sign;
        for (Variant variant : variants) {
            if (variant.event().equals(event)) {
                sum += variant.sum();
            } else {
                changed.add(variant);
            }
        }
        if (sum != 0) {
            changed.add(new Variant(event, sum));
        }
        return new LogEntry(changed);
    }
}
