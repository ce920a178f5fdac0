package io.tributary.customer;

import io.tributary.event.CustomerEvent;
import io.tributary.intervention.Decision;
import io.tributary.journey.CustomerSummary;
import io.tributary.journey.SummaryFold;
import io.tributary.ledger.LedgerEntry;
import io.tributary.pattern.PatternLibrary;
import io.tributary.pattern.Replay;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** When and where a customer's log is cut, and what is remembered of the part that goes. */
final class LogTrim {

    private static final Duration MOST_SLACK = Duration.ofDays(1);

    private final PatternLibrary patterns;
    private final SummaryFold fold;
    private final Horizon horizon;

    LogTrim(PatternLibrary patterns, SummaryFold fold, Horizon horizon) {
        this.patterns = patterns;
        this.fold = fold;
        this.horizon = horizon;
    }

    /**
     * The horizon after the oldest thing kept, and up to a tenth of the horizon later, so that one
     * timer trims many events. Where a partial match held back the last trim, as much later again.
     *
     * @param now watermark
     * @return event time after {@code now}, or {@link Long#MAX_VALUE} if nothing is kept
     */
    long next(CustomerState state, List<CustomerEvent> log, long now) {
        long due = due(state, log);
        return due > now ? due : now + slack();
    }

    /** Whether something is old enough to be trimmed at this watermark. */
    boolean isDue(CustomerState state, List<CustomerEvent> log, long now) {
        return due(state, log) <= now;
    }

    private long due(CustomerState state, List<CustomerEvent> log) {
        LongStream kept =
                log.isEmpty()
                        ? LongStream.concat(
                                state.asserted().stream().mapToLong(entry -> entry.match().end()),
                                state.decisions().stream().mapToLong(Decision::decidedAt))
                        : LongStream.of(log.get(0).time());
        long oldest = kept.min().orElse(Long.MAX_VALUE);
        return oldest == Long.MAX_VALUE
                ? oldest
                : oldest + horizon.retention().toMillis() + slack();
    }

    private long slack() {
        return Math.min(horizon.retention().toMillis() / 10, MOST_SLACK.toMillis());
    }

    /**
     * How many of the oldest events can go at this watermark: those before the newest moment, at or
     * before {@link Horizon#keptFrom}, at which no definition holds a partial match; but the log
     * never reaches back beyond {@link Horizon#neverKeptBefore}.
     */
    int count(List<CustomerEvent> log, long watermark) {
        List<Replay> replays = new ArrayList<>();
        patterns.patterns().forEach(pattern -> replays.add(pattern.replay(log, watermark)));
        long cut = horizon.keptFrom(watermark);
        long floor = horizon.neverKeptBefore(watermark);
        boolean moved = true;
        while (moved && cut > floor) {
            moved = false;
            for (Replay replay : replays) {
                long clean = replay.cleanUpTo(cut);
                moved |= clean < cut;
                cut = Math.min(cut, clean);
            }
        }
        long from = Math.max(cut, floor);
        int count = 0;
        while (count < log.size() && log.get(count).time() < from) {
            count++;
        }
        return count;
    }

    /**
     * The state without the events that go; pain points and decisions beyond the horizon are
     * forgotten.
     *
     * @param trimmed the events that leave the log, sorted
     * @param remaining those that stay, sorted
     */
    CustomerState after(
            CustomerState state,
            List<CustomerEvent> trimmed,
            List<CustomerEvent> remaining,
            long watermark) {
        long keptFrom = horizon.keptFrom(watermark);
        List<LedgerEntry> asserted =
                state.asserted().stream().filter(entry -> entry.match().end() >= keptFrom).toList();
        List<Decision> decisions =
                state.decisions().stream().filter(made -> made.decidedAt() >= keptFrom).toList();
        CustomerSummary base = fold.fold(state.base(), trimmed).atTrim();
        if (remaining.isEmpty() && asserted.isEmpty() && decisions.isEmpty()) {
            return CustomerState.remembering(base.consents());
        }
        return new CustomerState(
                base,
                fold.fold(base, remaining),
                asserted,
                decisions,
                state.deadlines(),
                state.firedTo(),
                state.revision());
    }
}
