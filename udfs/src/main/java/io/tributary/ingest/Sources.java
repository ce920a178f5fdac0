package io.tributary.ingest;

import io.tributary.definition.Definitions;
import io.tributary.definition.Problems;
import io.tributary.event.EventCatalog;
import io.tributary.event.Namespaces;
import java.time.Duration;
import java.util.List;

/**
 * The sources of {@code sources.yaml}, ready to decode. Not serialisable: an operator compiles it
 * when it opens.
 */
public final class Sources {

    private final List<SourceConfig> configs;
    private final EventCatalog catalog;
    private final Namespaces namespaces;
    private final IdentifierSecret secret;
    private final Duration allowedLateness;

    private Sources(
            List<SourceConfig> configs,
            EventCatalog catalog,
            Namespaces namespaces,
            IdentifierSecret secret,
            Duration allowedLateness) {
        this.configs = configs;
        this.catalog = catalog;
        this.namespaces = namespaces;
        this.secret = secret;
        this.allowedLateness = allowedLateness;
    }

    /**
     * Reads {@code sources.yaml} with the {@code events.yaml} and {@code identity.yaml} it refers
     * to; what is wrong in any of the three is named in {@code problems}.
     *
     * @param allowedLateness what a live source delivers when it is older than this is late
     */
    public static Sources compile(
            Definitions definitions,
            IdentifierSecret secret,
            Duration allowedLateness,
            Problems problems) {
        EventCatalog catalog = EventCatalog.read(definitions, problems);
        Namespaces namespaces = Namespaces.read(definitions, problems);
        return new Sources(
                SourcesReader.read(definitions, catalog, namespaces, problems),
                catalog,
                namespaces,
                secret,
                allowedLateness);
    }

    /** All sources in file order, with {@code files} if it is declared. */
    public List<SourceConfig> configs() {
        return configs;
    }

    /** The sources that read Kafka topics, in file order. */
    public List<SourceConfig> ofTopics() {
        return configs.stream().filter(config -> !config.topics().isEmpty()).toList();
    }

    /**
     * @throws IllegalArgumentException if there is no such source
     */
    public SourceConfig config(String source) {
        return configs.stream()
                .filter(config -> config.name().equals(source))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no source '" + source + "'"));
    }

    /**
     * A new decoder, for one thread.
     *
     * @throws IllegalArgumentException if there is no such source
     */
    public Decoder decoder(String source) {
        return decoder(config(source));
    }

    /**
     * A new decoder for files: the source {@code files} where it is declared, else any format, with
     * the channel {@code web} for messages that name none.
     */
    public Decoder decoderForFiles() {
        return decoder(
                configs.stream()
                        .filter(config -> config.name().equals(SourceConfig.FILES))
                        .findFirst()
                        .orElseGet(SourceConfig::files));
    }

    private Decoder decoder(SourceConfig config) {
        EventNames names = new EventNames(catalog, config.types());
        MessageFormat segment = new SegmentFormat(names);
        MessageFormat cloudEvents = new CloudEventsFormat(names, namespaces.byRank());
        JsonMapping mapping = config.mapping();
        MessageFormat mapped = mapping == null ? null : new MappedFormat(names, mapping);
        MessageFormat auto = new AutoFormat(cloudEvents, segment, mapped);
        MessageFormat format =
                switch (config.format()) {
                    case SEGMENT -> segment;
                    case CLOUDEVENTS -> cloudEvents;
                    case JSON -> mapped == null ? auto : mapped;
                    case AUTO -> auto;
                };
        EventAssembler assembler =
                new EventAssembler(config, catalog, namespaces, new Pseudonymiser(secret));
        return new JsonDecoder(config, format, assembler, allowedLateness);
    }
}
