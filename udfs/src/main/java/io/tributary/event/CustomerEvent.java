package io.tributary.event;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.jspecify.annotations.Nullable;

/**
 * What a customer did: one flat, immutable value for every channel and format.
 *
 * <p>Events of one customer are ordered by (time, id). Times are milliseconds since the epoch.
 */
@TypeInfo(CustomerEventTypeInfo.Factory.class)
public final class CustomerEvent {

    /** The order of a customer's log, of ties, and of a match. */
    public static final Comparator<CustomerEvent> BY_TIME_THEN_ID =
            Comparator.comparingLong(CustomerEvent::time).thenComparing(CustomerEvent::id);

    private final String id;
    private final String type;
    private final long time;
    private final long originalTime;
    private final long receivedTime;
    private final String channel;
    private final String source;
    private final List<Identifier> identifiers;
    private final byte[] propertiesJson;
    private transient @Nullable JsonNode properties;

    /**
     * @param id unique per thing that happened; a second record with the same id is the same event
     * @param type snake_case name from {@code events.yaml}
     * @param time when it happened, at most {@code receivedTime}
     * @param originalTime when the source said it happened, before clamping
     * @param receivedTime when the collector took it
     * @param channel web, mobile, voice, chat, email, social, store, survey or crm
     * @param source name of the source in {@code sources.yaml}
     * @param identifiers sorted, without duplicates
     * @param propertiesJson a JSON object, canonical ({@link CanonicalJson})
     */
    public CustomerEvent(
            String id,
            String type,
            long time,
            long originalTime,
            long receivedTime,
            String channel,
            String source,
            List<Identifier> identifiers,
            byte[] propertiesJson) {
        this.id = id;
        this.type = type;
        this.time = time;
        this.originalTime = originalTime;
        this.receivedTime = receivedTime;
        this.channel = channel;
        this.source = source;
        this.identifiers = List.copyOf(identifiers);
        this.propertiesJson = propertiesJson;
    }

    public String id() {
        return id;
    }

    public String type() {
        return type;
    }

    public long time() {
        return time;
    }

    public long originalTime() {
        return originalTime;
    }

    public long receivedTime() {
        return receivedTime;
    }

    public String channel() {
        return channel;
    }

    public String source() {
        return source;
    }

    public List<Identifier> identifiers() {
        return identifiers;
    }

    /** The canonical bytes; not to be changed. */
    @SuppressWarnings("EI_EXPOSE_REP")
    public byte[] propertiesJson() {
        return propertiesJson;
    }

    /** The properties as an object node, parsed on first use; not to be changed. */
    public JsonNode properties() {
        JsonNode parsed = properties;
        if (parsed == null) {
            parsed = CanonicalJson.parse(propertiesJson);
            properties = parsed;
        }
        return parsed;
    }

    /** A property of the top level; empty if it is missing or null. */
    public Optional<JsonNode> property(String name) {
        JsonNode value = properties().get(name);
        return value == null || value.isNull() ? Optional.empty() : Optional.of(value);
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof CustomerEvent other
                && id.equals(other.id)
                && type.equals(other.type)
                && time == other.time
                && originalTime == other.originalTime
                && receivedTime == other.receivedTime
                && channel.equals(other.channel)
                && source.equals(other.source)
                && identifiers.equals(other.identifiers)
                && Arrays.equals(propertiesJson, other.propertiesJson);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return type + "@" + EventTime.format(time) + "#" + id;
    }
}
