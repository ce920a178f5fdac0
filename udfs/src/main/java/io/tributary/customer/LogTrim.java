package io.tributary.customer;

import io.tributary.event.CustomerEvent;
import io.tributary.intervention.PastDecision;
import io.tributary.journey.CustomerSummary;
import io.tributary.journey.SummaryFold;
import io.tributary.pattern.PatternLibrary;
import io.tributary.pattern.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

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
     * timer trims many events.
     *
     * @param oldest time of the oldest thing kept; {@link Long#MAX_VALUE} if nothing is
     */
    long dueAfter(long oldest) {
        return oldest == Long.MAX_VALUE
                ? oldest
                : oldest + horizon.retention().toMillis() + slack();
    }

    private long slack() {
        return Math.min(horizon.retention().toMillis() / 10, MOST_SLACK.toMillis());
    }

    /**
     * Folds what is older than the horizon; pain points and decisions beyond it are forgotten,
     * except pain points that a replay of the kept log would find, and tell, again.
     *
     * @param now watermark
     */
    void trim(Customer customer, long now) {
        List<CustomerEvent> log = List.copyOf(customer.log.all());
        int count = count(customer, log, now);
        List<CustomerEvent> kept = log.subList(count, log.size());
        long keptFrom = horizon.keptFrom(now);
        Told told = customer.told();
        long findableFrom = kept.isEmpty() ? Long.MAX_VALUE : kept.get(0).time();
        List<Told.Asserted> asserted =
                told.asserted().stream()
                        .filter(it -> it.end() >= keptFrom || it.start() >= findableFrom)
                        .toList();
        List<PastDecision> decisions =
                told.decisions().stream().filter(made -> made.decidedAt() >= keptFrom).toList();
        List<Told.Withdrawn> withdrawn =
                told.withdrawn().stream().filter(gone -> gone.end() >= keptFrom).toList();
        customer.tell(new Told(asserted, decisions, withdrawn));
        CustomerSummary base =
                fold.fold(customer.log.base(), log.subList(0, count), customer.log.paths())
                        .atTrim();
        boolean nothingLeft = kept.isEmpty() && customer.told().isNothing();
        if (nothingLeft) {
            base = CustomerState.remembering(base.consents()).summary();
            customer.lastId = "";
            customer.revision = 0;
            customer.firedTo = Long.MIN_VALUE;
            customer.library = 0;
        }
        customer.trim(kept, base);
        customer.summary = customer.log.summary();
        // where a partial match held back the trim, as much later again
        long due = dueAfter(oldest(kept, customer.told()));
        // and not at all after the last watermark, which comes when the input has ended
        boolean isLast = now == Long.MAX_VALUE;
        customer.trimAt = isLast ? Long.MAX_VALUE : due > now ? due : now + slack();
    }

    private static long oldest(List<CustomerEvent> log, Told told) {
        return (log.isEmpty()
                        ? Stream.of(
                                        told.asserted().stream().map(Told.Asserted::end),
                                        told.decisions().stream().map(PastDecision::decidedAt),
                                        told.withdrawn().stream().map(Told.Withdrawn::end))
                                .flatMapToLong(times -> times.mapToLong(Long::longValue))
                        : LongStream.of(log.get(0).time()))
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /**
     * How many of the oldest events can go at this watermark: those before the newest moment, at or
     * before {@link Horizon#keptFrom}, at which no definition holds a partial match, or else before
     * a later such moment that nothing changes any more; but the log never reaches back beyond
     * {@link Horizon#neverKeptBefore}.
     */
    private int count(Customer customer, List<CustomerEvent> log, long watermark) {
        List<Progress> all = new ArrayList<>();
        long firedTo = Math.max(customer.firedTo, watermark);
        patterns.patterns().forEach(p -> all.add(p.rebuild(log, Long.MIN_VALUE, firedTo)));
        long floor = horizon.neverKeptBefore(watermark);
        long cut = cleanUpTo(horizon.keptFrom(watermark), all);
        if (cut < floor) {
            cut = cleanUpTo(horizon.settledBefore(watermark), all);
        }
        long from = Math.max(cut, floor);
        int count = 0;
        while (count < log.size() && log.get(count).time() < from) {
            count++;
        }
        return count;
    }

    /** The newest moment up to {@code limit} at which all were clean. */
    private static long cleanUpTo(long limit, List<Progress> all) {
        long clean = limit;
        boolean moved = true;
        while (moved) {
            moved = false;
            for (Progress progress : all) {
                long earlier = progress.failed() ? clean : progress.cleanUpTo(clean);
                moved |= earlier < clean;
                clean = Math.min(clean, earlier);
            }
        }
        return clean;
    }
}
