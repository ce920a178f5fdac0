package io.tributary.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tributary.event.CustomerEvent;
import io.tributary.ingest.SourceConfig.Format;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Record to parts (a batch has several), part to message, message to event; or a rejection. */
final class JsonDecoder implements Decoder {

    private static final byte[] NOTHING = {};

    private final SourceConfig source;
    private final MessageFormat format;
    private final EventAssembler assembler;
    private final long allowedMillis;

    /**
     * @param allowedLateness what a live source delivers when it is older than this is set aside as
     *     late, while the bytes are still at hand. An event's own two times tell, so the answer
     *     does not depend on when it is processed
     */
    JsonDecoder(
            SourceConfig source,
            MessageFormat format,
            EventAssembler assembler,
            Duration allowedLateness) {
        this.source = source;
        this.format = format;
        this.assembler = assembler;
        this.allowedMillis =
                source.mode() == SourceConfig.Mode.LIVE
                        ? allowedLateness.toMillis()
                        : Long.MAX_VALUE;
    }

    @Override
    public void decode(RawRecord record, Consumer<Ingested> out) {
        byte[] value = record.value() == null ? NOTHING : record.value();
        Attempt<List<Part>> parts = attempt(() -> parts(record));
        List<Part> found = parts.result();
        if (found == null) {
            out.accept(rejected(record, value, parts.refusal()));
            return;
        }
        for (Part part : found) {
            Attempt<Ingested> ingested =
                    attempt(
                            () ->
                                    assembler.assemble(
                                            format.read(part),
                                            part.payload(),
                                            record.receivedTime()));
            Ingested result = ingested.result();
            out.accept(
                    result == null
                            ? rejected(record, part.payload(), ingested.refusal())
                            : onTime(result, record, part.payload()));
        }
    }

    private Ingested onTime(Ingested ingested, RawRecord record, byte[] payload) {
        CustomerEvent event = ingested.event();
        if (event == null || event.receivedTime() - event.time() <= allowedMillis) {
            return ingested;
        }
        return Ingested.rejected(
                new Rejected(
                        RejectionReason.LATE,
                        event.type() + " on " + event.channel(),
                        event.source(),
                        record.origin(),
                        record.partition(),
                        record.position(),
                        event.receivedTime(),
                        payload));
    }

    private List<Part> parts(RawRecord record) {
        byte[] value = record.value();
        boolean binary = readsCloudEvents() && CloudEventsFormat.isBinary(record.headers());
        if (value == null && !binary) {
            throw new Refusal(RejectionReason.TOMBSTONE, "the record has no value");
        }
        byte[] payload = value == null ? NOTHING : value;
        if (payload.length > source.maxBytes()) {
            throw new Refusal(
                    RejectionReason.TOO_LARGE,
                    payload.length + " bytes, the source allows " + source.maxBytes());
        }
        if (binary) {
            JsonNode data = CloudEventsFormat.binaryData(value, record.headers());
            return List.of(new Part(payload, data, record.headers(), null));
        }
        return parts(StrictJson.parse(payload), payload, record);
    }

    private List<Part> parts(StrictJson.Document document, byte[] payload, RawRecord record) {
        ObjectNode envelope = envelope(document.root());
        if (envelope == null && !document.root().isArray()) {
            return List.of(new Part(payload, document.root(), record.headers(), null));
        }
        if (document.items().isEmpty()) {
            throw new Refusal(RejectionReason.EMPTY_BATCH, "a batch without a single event");
        }
        return document.items().stream()
                .map(item -> new Part(item.bytes(), item.node(), record.headers(), envelope))
                .toList();
    }

    /** Segment's batch: {@code {"batch": [...], "sentAt": …}}; null if it is none. */
    private @Nullable ObjectNode envelope(JsonNode root) {
        boolean segment = source.format() == Format.SEGMENT || source.format() == Format.AUTO;
        boolean batch = root.path("batch").isArray() && !root.has("type");
        return segment && batch && !root.has("specversion") && root instanceof ObjectNode envelope
                ? envelope
                : null;
    }

    private boolean readsCloudEvents() {
        return source.format() == Format.CLOUDEVENTS || source.format() == Format.AUTO;
    }

    private Ingested rejected(RawRecord record, byte[] payload, Refusal refusal) {
        return Ingested.rejected(
                new Rejected(
                        refusal.reason(),
                        refusal.detail(),
                        source.name(),
                        record.origin(),
                        record.partition(),
                        record.position(),
                        record.receivedTime(),
                        payload));
    }

    /** One of the two is null. */
    private record Attempt<T>(@Nullable T result, @Nullable Refusal orRefusal) {

        Refusal refusal() {
            return orRefusal == null
                    ? new Refusal(RejectionReason.INTERNAL, "neither event nor reason")
                    : orRefusal;
        }
    }

    private static <T> Attempt<T> attempt(Supplier<T> step) {
        try {
            return new Attempt<>(step.get(), null);
        } catch (Refusal refusal) {
            return new Attempt<>(null, refusal);
        } catch (RuntimeException | StackOverflowError defect) {
            return new Attempt<>(null, new Refusal(RejectionReason.INTERNAL, describe(defect)));
        }
    }

    /** Class and place; the message of an exception may quote the record. */
    private static String describe(Throwable defect) {
        StackTraceElement[] trace = defect.getStackTrace();
        return defect.getClass().getName() + (trace.length == 0 ? "" : " at " + trace[0]);
    }
}
