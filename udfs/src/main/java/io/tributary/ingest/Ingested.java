package io.tributary.ingest;

import io.tributary.event.CustomerEvent;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.jspecify.annotations.Nullable;

/** What one message became: an event or a rejection, never both and never neither. */
@TypeInfo(IngestedTypeInfo.Factory.class)
public final class Ingested {

    private final @Nullable CustomerEvent event;
    private final @Nullable Rejected rejected;
    private final boolean unknownType;
    private final List<String> droppedProperties;

    private Ingested(
            @Nullable CustomerEvent event,
            @Nullable Rejected rejected,
            boolean unknownType,
            List<String> droppedProperties) {
        this.event = event;
        this.rejected = rejected;
        this.unknownType = unknownType;
        this.droppedProperties = List.copyOf(droppedProperties);
    }

    public static Ingested accepted(CustomerEvent event) {
        return accepted(event, false, List.of());
    }

    /**
     * @param unknownType whether {@code events.yaml} does not know the event's type
     * @param droppedProperties declared properties that were left out because their value has
     *     another type, as paths such as {@code products.price}
     */
    public static Ingested accepted(
            CustomerEvent event, boolean unknownType, List<String> droppedProperties) {
        return new Ingested(event, null, unknownType, droppedProperties);
    }

    public static Ingested rejected(Rejected rejected) {
        return new Ingested(null, rejected, false, List.of());
    }

    public boolean isAccepted() {
        return event != null;
    }

    /** Null if rejected. */
    public @Nullable CustomerEvent event() {
        return event;
    }

    /** Null if accepted. */
    public @Nullable Rejected rejected() {
        return rejected;
    }

    /** Whether it was set aside for its age alone. */
    public boolean isLate() {
        return rejected != null && rejected.reason() == RejectionReason.LATE;
    }

    public boolean unknownType() {
        return unknownType;
    }

    public List<String> droppedProperties() {
        return droppedProperties;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Ingested other
                && Objects.equals(event, other.event)
                && Objects.equals(rejected, other.rejected)
                && unknownType == other.unknownType
                && droppedProperties.equals(other.droppedProperties);
    }

    @Override
    public int hashCode() {
        return Objects.hash(event, rejected);
    }

    @Override
    public String toString() {
        return String.valueOf(event == null ? rejected : event);
    }
}
