package io.tributary.ingest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.event.CanonicalJson;
import io.tributary.event.CustomerEvent;
import io.tributary.event.EventCatalog;
import io.tributary.event.Identifier;
import io.tributary.event.Namespace;
import io.tributary.event.Namespaces;
import io.tributary.event.PropertyType;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Makes an event of what a format found: this is where the definitions have their say. */
final class EventAssembler {

    /** Property that holds, pseudonymised, the identifier that an alias call replaces. */
    static final String PREVIOUS = "previous_user_id";

    private final SourceConfig source;
    private final EventCatalog catalog;
    private final Namespaces namespaces;
    private final Pseudonymiser pseudonymiser;

    EventAssembler(
            SourceConfig source,
            EventCatalog catalog,
            Namespaces namespaces,
            Pseudonymiser pseudonymiser) {
        this.source = source;
        this.catalog = catalog;
        this.namespaces = namespaces;
        this.pseudonymiser = pseudonymiser;
    }

    /**
     * @param payload whose hash is the id of a message without one
     * @param recordTime Kafka's; negative for none
     * @throws Refusal UNKNOWN_TYPE, MISSING_IDENTIFIER or a reason of {@link EventTimes}
     */
    Ingested assemble(Message message, byte[] payload, long recordTime) {
        Optional<SortedMap<String, PropertyType>> declared = catalog.properties(message.type());
        if (declared.isEmpty() && source.unknownTypes() == SourceConfig.UnknownTypes.REJECT) {
            throw new Refusal(RejectionReason.UNKNOWN_TYPE, "events.yaml does not know this type");
        }
        EventTimes times = EventTimes.resolve(message.clocks(), recordTime);
        List<Identifier> identifiers = identifiers(message);
        PropertyReader reader = new PropertyReader(message.identifiers());
        ObjectNode properties = reader.read(declared.orElseGet(TreeMap::new), message.properties());
        addPrevious(message, properties);
        String id = message.id();
        String channel = message.channel();
        CustomerEvent event =
                new CustomerEvent(
                        id == null ? sha256(payload) : id,
                        message.type(),
                        times.time(),
                        times.originalTime(),
                        times.receivedTime(),
                        channel == null ? source.channel() : channel,
                        source.name(),
                        identifiers,
                        CanonicalJson.bytes(properties));
        return Ingested.accepted(event, declared.isEmpty(), reader.dropped());
    }

    private List<Identifier> identifiers(Message message) {
        TreeSet<Identifier> sorted = new TreeSet<>();
        message.identifiers().forEach(raw -> pseudonym(raw).ifPresent(sorted::add));
        if (sorted.isEmpty()) {
            throw new Refusal(
                    RejectionReason.MISSING_IDENTIFIER,
                    message.identifiers().isEmpty()
                            ? "the message carries no identifier"
                            : "no usable identifier among "
                                    + new TreeSet<>(
                                            message.identifiers().stream()
                                                    .map(RawIdentifier::namespace)
                                                    .filter(n -> namespaces.named(n).isPresent())
                                                    .toList()));
        }
        return List.copyOf(sorted);
    }

    private Optional<Identifier> pseudonym(RawIdentifier raw) {
        Optional<Namespace> namespace = namespaces.named(raw.namespace());
        Optional<String> value = namespaces.normalise(raw.namespace(), raw.value());
        return namespace.isEmpty() || value.isEmpty()
                ? Optional.empty()
                : Optional.of(pseudonymiser.pseudonym(namespace.get(), value.get()));
    }

    private void addPrevious(Message message, ObjectNode properties) {
        RawIdentifier previous = message.previous();
        properties.remove(PREVIOUS);
        if (previous != null) {
            pseudonym(previous).ifPresent(known -> properties.put(PREVIOUS, known.key()));
        }
    }

    private static String sha256(byte[] payload) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(payload));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
