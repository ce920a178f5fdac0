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
     * timer trims many events. Where a partial match held back the last trim, as much later again.
     *
     * @param now watermark
     * @return event time after {@code now}, or {@link Long#MAX_VALUE} if nothing is kept
     */
    static long nextTrim(CustomerState state, List<CustomerEvent> log, Horizon horizon, long now) {
        long due = due(state, log, horizon);
        return due > now ? due : now + slack(horizon);
    }

    /** Whether something is old enough to be trimmed. */
    static boolean isDue(CustomerState state, List<CustomerEvent> log, Horizon horizon, long now) {
        return due(state, log, horizon) <= now;
    }

    private static long due(CustomerState state, List<CustomerEvent> log, Horizon horizon) {
        LongStream kept =
                log.isEmpty()
                        ? LongStream.concat(
                                state.asserted().stream().mapToLong(entry -> entry.match().end()),
                                state.decisions().stream().mapToLong(Decision::decidedAt))
                        : LongStream.of(log.get(0).time());
        long oldest = kept.min().orElse(Long.MAX_VALUE);
        return oldest == Long.MAX_VALUE
                ? oldest
                : oldest + horizon.retention().toMillis() + slack(horizon);
    }

    private static long slack(Horizon horizon) {
        return Math.min(horizon.retention().toMillis() / 10, MOST_SLACK.toMillis());
    }
}
