package io.tributary.job.backtest;

import io.tributary.definition.DurationText;
import io.tributary.event.EventTime;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * From when on topics are read.
 *
 * @param back how far before the end; null if {@code time} is given
 * @param time epoch milliseconds
 */
record Since(@Nullable Duration back, long time) {

    /** A time such as 2026-03-01T00:00:00Z or a duration such as 7d; empty if it is neither. */
    static Optional<Since> parse(String text) {
        Optional<Since> back = DurationText.parse(text).map(duration -> new Since(duration, 0));
        if (back.isPresent()) {
            return back;
        }
        try {
            return Optional.of(new Since(null, EventTime.parse(text)));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /**
     * @param end epoch milliseconds
     */
    long before(long end) {
        return back == null ? time : end - back.toMillis();
    }
}
