package io.tributary.customer;

import io.tributary.event.CustomerEvent;
import io.tributary.intervention.Decision;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;

/** When a customer's state is next worth trimming. */
final class Retention {

    private static final Duration MOST_SLACK = Duration.ofDays(1);

    private Retention() {}

    /**
     * The horizon after the oldest thing kept, and up to a tenth of the horizon later, so that one
     * timer trims many events.
     *
     * @return event time, or {@link Long#MAX_VALUE} if nothing is kept
     */
    static long nextTrim(CustomerState state, List<CustomerEvent> log, Horizon horizon) {
        LongStream kept =
                log.isEmpty()
                        ? LongStream.concat(
                                state.asserted().stream().mapToLong(entry -> entry.match().end()),
                                state.decisions().stream().mapToLong(Decision::decidedAt))
                        : LongStream.of(log.get(0).time());
        long oldest = kept.min().orElse(Long.MAX_VALUE);
        return oldest == Long.MAX_VALUE
                ? oldest
                : oldest + horizon.retention().toMillis() + slack(horizon) + 1;
    }

    private static long slack(Horizon horizon) {
        return Math.min(horizon.retention().toMillis() / 10, MOST_SLACK.toMillis());
    }
}
