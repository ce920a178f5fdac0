package io.tributary.identity;

import io.tributary.event.CustomerEvent;
import io.tributary.identity.EventHour.Destination;
import io.tributary.identity.EventHour.Held;
import io.tributary.identity.IdentityLayer.Counted;
import io.tributary.identity.IdentityMessage.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** One message at one identifier: what it adds to what is known, and what that can touch. */
final class KeyVisit {

    private final KeyJudge at;
    private final IdentitySettings settings;
    private final Retention retention;

    KeyVisit(KeyJudge at) {
        this.at = at;
        this.settings = at.settings;
        this.retention = at.retention;
    }

    /** Takes back where events are no longer, after all of them are where they are now. */
    long finish() {
        at.takeBack();
        at.state.index(at.index.isEmpty() ? null : at.index);
        return retention.next(at.index);
    }

    void own(CustomerEvent event) {
        if (at.erasures.covers(at.key, event.time())) {
            at.out.count(Counted.ERASED);
            return;
        }
        for (IdentityMessage said : at.claims.messages(event)) {
            if (said.key().equals(at.key) && said.kind() == Kind.ENTRY) {
                entry(Objects.requireNonNull(said.entry()));
            }
        }
        lead(event);
        hold(event, held -> new Held(event, true, held.arrivals(), held.sent()), true);
    }

    void moved(IdentityMessage message) {
        CustomerEvent event = Objects.requireNonNull(message.event());
        if (retention.isFinal(event.time(), at.watermark)) {
            if (at.isGone(event, false, message.path())) {
                return;
            }
            Destination now = at.judge(event, false, message.path());
            at.send(event, now, message.sign());
            return;
        }
        hold(event, held -> held.with(message.sign(), message.path()), false);
    }

    /** Counts the identifiers that lead here. */
    private void lead(CustomerEvent event) {
        if (!retention.hears(event.time(), at.watermark)) {
            return;
        }
        Presence before = at.index.leading();
        Presence after = before;
        for (String lower : at.claims.leading(event)) {
            after =
                    after.with(
                            at.nameOf(lower, event.time()),
                            event.time(),
                            Retention.names(settings.crowdAbove()));
        }
        if (after == before) {
            return;
        }
        at.index = at.index.withLeading(after);
        if (after.exceeds(settings.crowdAbove(), Long.MIN_VALUE, Long.MAX_VALUE)) {
            window(event.time())
                    .judgeAll((first, last) -> at.ownership.isAlwaysCrowd(before, first, last));
        }
    }

    /** Takes a record of an event in, and sends it where it goes now. */
    private void hold(CustomerEvent event, UnaryOperator<Held> change, boolean own) {
        if (retention.isFinal(event.time(), at.watermark)) {
            assignOrForward(event);
            return;
        }
        long number = Days.hourOf(event.time());
        EventHour hour = at.hour(number);
        if (hour.busy()) {
            busy(event, change, own);
            return;
        }
        Held before = hour.find(event);
        Held held = change.apply(before == null ? new Held(event, own, List.of(), null) : before);
        if (before != null && before.own() && own) {
            return; // the same record again
        }
        boolean gone = before == null && at.isGone(event, own, held.path());
        Destination now = gone ? KeyJudge.ERASED : at.judge(held);
        if (now == KeyJudge.ERASED) {
            at.update(held, now);
            if (before != null) {
                at.keep(number, hour.events().stream().filter(each -> each != before).toList());
            }
            return;
        }
        if (before == null && hour.events().size() >= settings.eventsAnHour()) {
            fill(number, hour.with(null, held));
            return;
        }
        if (before == null) {
            at.index = at.index.withHours(Retention.including(at.index.hours(), number));
        }
        Held told = at.update(held, now);
        EventHour kept = hour.with(before, told);
        at.state.events(number, kept.events().isEmpty() ? null : kept);
        if (kept.events().isEmpty()) {
            at.index = at.index.withHours(Retention.without(at.index.hours(), number));
        }
    }

    /** From now on the hour keeps no events: those that it has stay where they came in. */
    private void fill(long number, EventHour over) {
        at.out.count(Counted.BUSY);
        at.state.events(number, new EventHour(true, List.of()));
        for (Held each : over.events()) {
            at.update(each, each.isPresent() ? at.stay(each.event()) : null);
        }
    }

    private void assignOrForward(CustomerEvent event) {
        boolean gone = at.isGone(event, true, List.of());
        at.send(event, gone ? KeyJudge.ERASED : at.judge(event, true, List.of()), 1);
    }

    /** An event of an hour that keeps none: its signs pass through. */
    private void busy(CustomerEvent event, UnaryOperator<Held> change, boolean own) {
        int sign = 1;
        if (!own) {
            Held only = change.apply(new Held(event, false, List.of(), null));
            sign = only.arrivals().get(0).sum();
        }
        at.send(event, at.stay(event), sign);
    }

    void entry(Entry said) {
        if (said.isChoice()) {
            choose(said);
            return;
        }
        Entry entry = at.withoutErased(said);
        if (!retention.hears(entry.time(), at.watermark)) {
            at.out.count(Counted.LATE_CLAIM);
            return;
        }
        at.remember(entry);
        long day = Days.of(entry.time());
        if (retention.isSettled(day, at.watermark)) {
            at.index = at.index.withSettled(Retention.settle(at.index.settled(), List.of(entry)));
        } else if (!store(day, entry)) {
            return;
        }
        Presence before = at.index.targets();
        if (entry.isClaim()) {
            at.index =
                    at.index.withTargets(
                            before.with(
                                    entry.target(),
                                    entry.time(),
                                    Retention.names(settings.sharedAbove())));
        }
        reach(entry).judgeAll((first, last) -> false);
        Presence after = at.index.targets();
        if (after != before
                && after.exceeds(settings.sharedAbove(), Long.MIN_VALUE, Long.MAX_VALUE)) {
            window(entry.time())
                    .judgeAll((first, last) -> at.ownership.isAlwaysShared(before, first, last));
        }
    }

    /** Stitching was opted out of, or in again. */
    private void choose(Entry said) {
        KeyIndex.Choice choice =
                new KeyIndex.Choice(said.time(), said.event(), said.kind() == Entry.Kind.OPT_OUT);
        if (at.index.choices().contains(choice)) {
            return;
        }
        List<KeyIndex.Choice> choices = new ArrayList<>(at.index.choices());
        choices.add(choice);
        choices.sort(KeyIndex.Choice.ORDER);
        at.index = at.index.withChoices(choices);
        new Range(choice.time(), Long.MAX_VALUE).judgeAll((first, last) -> false);
    }

    /** Whether the entry is new and was kept as such. */
    private boolean store(long day, Entry entry) {
        EntryDay before = Objects.requireNonNullElse(at.state.entries(day), EntryDay.NONE);
        EntryDay after = before.with(entry, settings.claimsADay());
        if (after == before) {
            return false;
        }
        at.state.entries(day, after);
        at.index = at.index.withDays(Retention.including(at.index.days(), day));
        if (after.full()) {
            at.out.count(Counted.BUSY);
            at.index = at.index.withTargets(at.index.targets().withFull(day));
            new Range(
                            Days.minus(Days.start(day), settings.forward()),
                            Days.plus(Days.end(day), settings.back()))
                    .judgeAll((first, last) -> false);
            return false;
        }
        return true;
    }

    void unlink(Entry said) {
        Entry entry = at.withoutErased(said);
        KeyIndex.Unlink unlink = new KeyIndex.Unlink(entry.target(), entry.time());
        if (!retention.hears(entry.time(), at.watermark) || at.index.unlinks().contains(unlink)) {
            return;
        }
        at.out.count(Counted.UNLINKED);
        List<KeyIndex.Unlink> unlinks = new ArrayList<>(at.index.unlinks());
        unlinks.add(unlink);
        at.index = at.index.withUnlinks(unlinks);
        new Range(
                        Days.minus(entry.time(), settings.unlinkReach()),
                        Days.plus(entry.time(), settings.back()))
                .judgeAll((first, last) -> false);
    }

    void alias(IdentityMessage message) {
        Entry said = message.entry();
        at.index = at.index.withAlias(message.customer(), said == null ? List.of() : List.of(said));
        new Range(Long.MIN_VALUE, Long.MAX_VALUE).judgeAll((first, last) -> false);
    }

    /**
     * What a new entry can touch as the last before, the first after, or the last claim before a
     * logout: back to the entry before it, forward to the next claim. With unlinks, entries count
     * for some events and not for others, so the neighbours say nothing.
     */
    private Range reach(Entry entry) {
        long from = Days.minus(entry.time(), settings.backfill());
        long to = Days.plus(entry.time(), settings.validity());
        if (at.index.unlinks().isEmpty()) {
            Timeline timeline = new Timeline(at.state, at.index);
            Entry previous =
                    timeline.before(
                            entry.time(),
                            from,
                            other -> other.isStrong() && Entry.ORDER.compare(other, entry) < 0);
            Entry next = timeline.after(entry.time(), to, other -> other.isClaim());
            from = previous == null ? from : previous.time();
            to = next == null ? to : next.time();
        }
        return new Range(from, to);
    }

    /** What a change of who is counted in a window can touch. */
    private Range window(long time) {
        return new Range(
                Days.minus(time, settings.forward()), Days.plus(time, settings.sharedWindow()));
    }

    /** Events to be judged anew, by their times. */
    private final class Range {

        private final long from;
        private final long to;

        Range(long from, long to) {
            this.from = from;
            this.to = to;
        }

        void judgeAll(KeyJudge.Untouched untouched) {
            at.judgeAll(from, to, untouched);
        }
    }
}
