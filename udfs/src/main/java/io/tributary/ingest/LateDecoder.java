package io.tributary.ingest;

import io.tributary.event.CustomerEvent;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Sets aside what a live source delivers when it is already too old to change anything, while the
 * bytes are still at hand. Whether an event is late is told by its own two times alone, so the
 * answer does not depend on when it is processed.
 */
final class LateDecoder implements Decoder {

    private final Decoder decoder;
    private final long allowedMillis;

    LateDecoder(Decoder decoder, Duration allowedLateness) {
        this.decoder = decoder;
        this.allowedMillis = allowedLateness.toMillis();
    }

    @Override
    public void decode(RawRecord record, Consumer<Ingested> out) {
        decoder.decode(
                record,
                ingested -> {
                    CustomerEvent event = ingested.event();
                    out.accept(event != null && isLate(event) ? late(event, record) : ingested);
                });
    }

    private boolean isLate(CustomerEvent event) {
        return event.receivedTime() - event.time() > allowedMillis;
    }

    private static Ingested late(CustomerEvent event, RawRecord record) {
        byte[] value = record.value();
        return Ingested.rejected(
                new Rejected(
                        RejectionReason.LATE,
                        event.type() + " on " + event.channel(),
                        event.source(),
                        record.origin(),
                        record.partition(),
                        record.position(),
                        event.receivedTime(),
                        value == null ? new byte[0] : value));
    }
}
