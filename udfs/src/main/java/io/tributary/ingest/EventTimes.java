package io.tributary.ingest;

import io.tributary.event.EventTime;
import java.time.DateTimeException;
import org.jspecify.annotations.Nullable;

/**
 * When an event happened and when it was received, in epoch milliseconds.
 *
 * @param time at most {@code receivedTime}
 * @param originalTime the time before it was held down to {@code receivedTime}
 * @param receivedTime the collector's time
 */
record EventTimes(long time, long originalTime, long receivedTime) {

    /** How far a source's clock may run ahead of the collector's: 24 hours. */
    static final long MOST_AHEAD = 24L * 60 * 60 * 1000;

    /** 1973-03-03T09:46:40Z: a smaller count of milliseconds is a count of seconds. */
    static final long LEAST_MILLIS = 100_000_000_000L;

    /** Far beyond any clock; sums of a few of them do not overflow. */
    private static final double LARGEST = 1e17;

    /** 2100-01-01: no time beyond it is believed, whatever it is compared with. */
    static final long LATEST = 4_102_444_800_000L;

    /**
     * The clocks that a message may carry; null for each that it does not.
     *
     * @param timestamp when it happened, corrected by the collector; plausible
     * @param originalTimestamp when it happened, by the device's clock, which may be unset
     * @param sentAt when it was sent, by the device's clock, which may be unset
     * @param receivedAt when the collector took it; plausible
     */
    record Clocks(
            @Nullable Long timestamp,
            @Nullable Long originalTimestamp,
            @Nullable Long sentAt,
            @Nullable Long receivedAt) {

        static Clocks of(@Nullable Long timestamp) {
            return new Clocks(timestamp, null, null, null);
        }
    }

    /**
     * Segment's rule: the timestamp, else receivedAt - (sentAt - originalTimestamp).
     *
     * @param recordTime Kafka's; zero or less for none
     * @throws Refusal MISSING_TIME, TIME_IN_FUTURE
     */
    static EventTimes resolve(Clocks clocks, long recordTime) {
        Long received = clocks.receivedAt();
        if (received == null && recordTime > 0) {
            received = recordTime;
        }
        long time = happened(clocks, received);
        if (time < LEAST_MILLIS) {
            throw new Refusal(RejectionReason.TIME_INVALID, "the clocks give a time before 1973");
        }
        // a file's line may say when it was sent and not when it was received
        Long bound = received;
        if (bound == null && clocks.sentAt() != null && isPlausible(clocks.sentAt())) {
            bound = clocks.sentAt();
        }
        if (time > LATEST || (bound != null && time > bound + MOST_AHEAD)) {
            throw new Refusal(
                    RejectionReason.TIME_IN_FUTURE,
                    "the time lies more than 24 h after it was received");
        }
        long receivedTime = received == null ? time : received;
        return new EventTimes(Math.min(time, receivedTime), time, receivedTime);
    }

    private static long happened(Clocks clocks, @Nullable Long received) {
        Long original = clocks.originalTimestamp();
        Long sent = clocks.sentAt();
        if (clocks.timestamp() != null) {
            return clocks.timestamp();
        }
        if (original != null && received != null && sent != null) {
            // an unset clock still tells how long ago it was, if it was unset at both times
            if (isPlausible(original) != isPlausible(sent)) {
                plausible(original, "originalTimestamp");
                plausible(sent, "sentAt");
            }
            return received - (sent - original);
        }
        if (original != null) {
            return plausible(original, "originalTimestamp");
        }
        if (received != null) {
            return received;
        }
        if (sent != null) {
            return plausible(sent, "sentAt");
        }
        throw new Refusal(RejectionReason.MISSING_TIME, "no field tells when it happened");
    }

    /**
     * An ISO-8601 instant with zone, whether plausible or not.
     *
     * @param field for the detail
     * @throws Refusal TIME_INVALID
     */
    static long iso(String text, String field) {
        try {
            return bounded(EventTime.parse(withT(text)), field);
        } catch (DateTimeException | ArithmeticException e) {
            throw new Refusal(
                    RejectionReason.TIME_INVALID,
                    "'" + field + "' is not a time such as 2026-03-01T09:00:00Z");
        }
    }

    /** RFC 3339 lets a blank stand for the T. */
    private static String withT(String text) {
        String trimmed = text.strip();
        return trimmed.length() > 10 && trimmed.charAt(10) == ' '
                ? trimmed.substring(0, 10) + "T" + trimmed.substring(11)
                : trimmed;
    }

    /**
     * Milliseconds since the epoch, whether plausible or not.
     *
     * @throws Refusal TIME_INVALID
     */
    static long millis(double value, String field) {
        return bounded(Math.floor(value), field);
    }

    /** Within what can be added and subtracted without overflow. */
    private static long bounded(double millis, String field) {
        if (Math.abs(millis) > LARGEST) {
            throw new Refusal(RejectionReason.TIME_INVALID, "'" + field + "' is out of range");
        }
        return (long) millis;
    }

    private static boolean isPlausible(long millis) {
        return millis >= LEAST_MILLIS && millis <= LATEST;
    }

    /**
     * @throws Refusal EPOCH_ZERO, TIME_INVALID, SECONDS_FOR_MILLISECONDS, TIME_IN_FUTURE
     */
    static long plausible(long millis, String field) {
        if (millis == 0) {
            throw new Refusal(
                    RejectionReason.EPOCH_ZERO, "'" + field + "' is 1970-01-01T00:00:00Z");
        }
        if (millis < 0) {
            throw new Refusal(RejectionReason.TIME_INVALID, "'" + field + "' lies before 1970");
        }
        if (millis < LEAST_MILLIS) {
            throw new Refusal(
                    RejectionReason.SECONDS_FOR_MILLISECONDS,
                    "'" + field + "' lies before March 1973: are these seconds?");
        }
        if (millis > LATEST) {
            throw new Refusal(RejectionReason.TIME_IN_FUTURE, "'" + field + "' lies after 2099");
        }
        return millis;
    }
}
