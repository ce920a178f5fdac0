package io.tributary.ingest;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One source of {@code sources.yaml}.
 *
 * @param channel of its events that do not name one
 * @param topics Kafka topics, each of which belongs to one source; empty only for {@code files}
 * @param maxBytes largest value that is read; a larger one is rejected
 * @param unknownTypes what becomes of an event whose type {@code events.yaml} does not know
 * @param types names as the source writes them, to event types; asked before the general rules
 * @param mapping how other JSON is read; null if it is not
 */
public record SourceConfig(
        String name,
        Mode mode,
        Format format,
        String channel,
        List<String> topics,
        int maxBytes,
        UnknownTypes unknownTypes,
        Map<String, String> types,
        @Nullable JsonMapping mapping) {

    /** Name of the source that files are read as. */
    public static final String FILES = "files";

    /** Largest value where {@code sources.yaml} says nothing: 1 MiB, Kafka's own default. */
    public static final int DEFAULT_MAX_BYTES = 1 << 20;

    /** Whether a source holds the watermark. */
    public enum Mode {
        /** Events as they happen; the watermark waits for them. */
        LIVE,
        /** Deliveries in bulk, such as a nightly export; they never hold the watermark. */
        BATCH
    }

    /** How the records of a source are written. */
    public enum Format {
        /** Told apart record by record: CloudEvents, Segment, else the source's mapping. */
        AUTO,
        /** Segment spec, also RudderStack's. */
        SEGMENT,
        /** CloudEvents 1.0, structured or binary. */
        CLOUDEVENTS,
        /** Any JSON, through the source's mapping. */
        JSON
    }

    /** What becomes of an event of unknown type. */
    public enum UnknownTypes {
        /** Kept without properties. */
        ACCEPT,
        REJECT
    }

    /** What files are read as where {@code sources.yaml} has no source of that name. */
    static SourceConfig files() {
        return new SourceConfig(
                FILES,
                Mode.LIVE,
                Format.AUTO,
                "web",
                List.of(),
                DEFAULT_MAX_BYTES,
                UnknownTypes.ACCEPT,
                Map.of(),
                null);
    }
}
