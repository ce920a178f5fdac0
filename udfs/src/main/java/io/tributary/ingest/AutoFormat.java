package io.tributary.ingest;

import org.jspecify.annotations.Nullable;

/** Tells the formats apart, message by message. */
final class AutoFormat implements MessageFormat {

    private final MessageFormat cloudEvents;
    private final MessageFormat segment;
    private final @Nullable MessageFormat mapped;

    AutoFormat(MessageFormat cloudEvents, MessageFormat segment, @Nullable MessageFormat mapped) {
        this.cloudEvents = cloudEvents;
        this.segment = segment;
        this.mapped = mapped;
    }

    @Override
    public boolean claims(Part part) {
        return true;
    }

    @Override
    public Message read(Part part) {
        if (cloudEvents.claims(part)) {
            return cloudEvents.read(part);
        }
        if (segment.claims(part)) {
            return segment.read(part);
        }
        if (mapped != null) {
            return mapped.read(part);
        }
        part.object();
        if (SegmentFormat.resembles(part)) {
            return segment.read(part);
        }
        throw new Refusal(
                RejectionReason.UNKNOWN_FORMAT,
                "neither Segment nor CloudEvents, and the source has no mapping");
    }
}
