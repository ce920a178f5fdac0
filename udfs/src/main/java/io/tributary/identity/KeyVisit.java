package io.tributary.identity;

import io.tributary.event.CustomerEvent;
import io.tributary.identity.EventHour.Destination;
import io.tributary.identity.EventHour.Held;
import io.tributary.identity.Hop.Rule;
import io.tributary.identity.IdentityLayer.Counted;
import io.tributary.identity.IdentityLayer.Output;
import io.tributary.identity.IdentityMessage.Kind;
import io.tributary.identity.Ownership.Owner;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** One message at one identifier. */
final class KeyVisit {

    private final IdentitySettings settings;
    private final EventClaims claims;
    private final Ownership ownership;
    private final Retention retention;
    private final String key;
    private final KeyState state;
    private final long watermark;
    private final Output out;
    private final List<Runnable> takenBack = new ArrayList<>();
    private KeyIndex index;

    KeyVisit(
            IdentitySettings settings,
            EventClaims claims,
            Retention retention,
            String key,
            KeyState state,
            long watermark,
            Output out) {
        this.settings = settings;
        this.claims = claims;
        this.ownership = new Ownership(settings);
        this.retention = retention;
        this.key = key;
        this.state = state;
        this.watermark = watermark;
        this.out = out;
        KeyIndex known = state.index();
        this.index = known == null ? KeyIndex.EMPTY : known;
    }

    /** Takes back where events are no longer, after all of them are where they are now. */
    long finish() {
        takenBack.forEach(Runnable::run);
        state.index(index.equals(KeyIndex.EMPTY) ? null : index);
        return retention.next(index);
    }

    void own(CustomerEvent event) {
        for (IdentityMessage said : claims.messages(event)) {
            if (said.key().equals(key) && said.kind() == Kind.ENTRY) {
                entry(Objects.requireNonNull(said.entry()));
            }
        }
        lead(event);
        hold(event, held -> new Held(event, true, held.arrivals(), held.sent()), true);
    }

    void moved(IdentityMessage message) {
        CustomerEvent event = Objects.requireNonNull(message.event());
        if (retention.isFinal(event.time(), watermark)) {
            Destination now = judge(event, false, message.path());
            send(event, now, message.sign());
            return;
        }
        hold(event, held -> held.with(message.sign(), message.path()), false);
    }

    /** Counts the identifiers that lead here. */
    private void lead(CustomerEvent event) {
        if (!retention.hears(event.time(), watermark)) {
            return;
        }
        Presence before = index.leading();
        Presence after = before;
        for (String lower : claims.leading(event)) {
            after = after.with(lower, event.time(), Retention.names(settings.crowdAbove()));
        }
        if (after == before) {
            return;
        }
        index = index.withLeading(after);
        if (after.exceeds(settings.crowdAbove(), Long.MIN_VALUE, Long.MAX_VALUE)) {
            window(event.time())
                    .judgeAll((first, last) -> ownership.isAlwaysCrowd(before, first, last));
        }
    }

    /** Takes a record of an event in, and sends it where it goes now. */
    private void hold(CustomerEvent event, UnaryOperator<Held> change, boolean own) {
        if (retention.isFinal(event.time(), watermark)) {
            assignOrForward(event);
            return;
        }
        long number = Days.hourOf(event.time());
        EventHour hour = hour(number);
        if (hour.busy()) {
            busy(event, change, own);
            return;
        }
        Held before = hour.find(event);
        Held held = change.apply(before == null ? new Held(event, own, List.of(), null) : before);
        if (before != null && before.own() && own) {
            return; // the same record again
        }
        EventHour after = hour.with(held);
        if (after.events().size() > settings.eventsAnHour()) {
            out.count(Counted.BUSY);
            EventHour full = new EventHour(true, List.of());
            state.events(number, full);
            for (Held each : after.events()) {
                update(each, each.isPresent() ? stay(each.event()) : null);
            }
            return;
        }
        if (before == null) {
            index = index.withHours(Retention.including(index.hours(), number));
        }
        Held told =
                update(
                        held,
                        held.isPresent() ? judge(held.event(), held.own(), held.path()) : null);
        EventHour kept = hour.with(told);
        state.events(number, kept.events().isEmpty() ? null : kept);
        if (kept.events().isEmpty()) {
            index = index.withHours(Retention.without(index.hours(), number));
        }
    }

    private void assignOrForward(CustomerEvent event) {
        send(event, judge(event, true, List.of()), 1);
    }

    /** An event of an hour that keeps none: its signs pass through. */
    private void busy(CustomerEvent event, UnaryOperator<Held> change, boolean own) {
        int sign = 1;
        if (!own) {
            Held only = change.apply(new Held(event, false, List.of(), null));
            sign = only.arrivals().get(0).sum();
        }
        send(event, stay(event), sign);
    }

    /** Where an event stays whatever the claims say: with the identifier that it carries. */
    private Destination stay(CustomerEvent event) {
        String top = claims.top(event);
        List<Hop> path = new ArrayList<>();
        path.add(Hop.guard(Rule.BUSY, key, "", event.time()));
        if (top.equals(key)) {
            return customer(path);
        }
        return new Destination(true, top, path);
    }

    void entry(Entry entry) {
        if (!retention.hears(entry.time(), watermark)) {
            out.count(Counted.LATE_CLAIM);
            return;
        }
        long day = Days.of(entry.time());
        if (retention.isSettled(day, watermark)) {
            index = index.withSettled(Retention.settle(index.settled(), List.of(entry)));
        } else if (!store(day, entry)) {
            return;
        }
        Presence before = index.targets();
        if (entry.isClaim()) {
            index =
                    index.withTargets(
                            before.with(
                                    entry.target(),
                                    entry.time(),
                                    Retention.names(settings.sharedAbove())));
        }
        reach(entry).judgeAll((first, last) -> false);
        Presence after = index.targets();
        if (after != before
                && after.exceeds(settings.sharedAbove(), Long.MIN_VALUE, Long.MAX_VALUE)) {
            window(entry.time())
                    .judgeAll((first, last) -> ownership.isAlwaysShared(before, first, last));
        }
    }

    /** Whether the entry is new and was kept as such. */
    private boolean store(long day, Entry entry) {
        EntryDay before = Objects.requireNonNullElse(state.entries(day), EntryDay.NONE);
        EntryDay after = before.with(entry, settings.claimsADay());
        if (after == before) {
            return false;
        }
        state.entries(day, after);
        index = index.withDays(Retention.including(index.days(), day));
        if (after.full()) {
            out.count(Counted.BUSY);
            index = index.withTargets(index.targets().withFull(day));
            new Range(
                            Days.minus(Days.start(day), settings.forward()),
                            Days.plus(Days.end(day), settings.back()))
                    .judgeAll((first, last) -> false);
            return false;
        }
        return true;
    }

    void unlink(Entry entry) {
        KeyIndex.Unlink unlink = new KeyIndex.Unlink(entry.target(), entry.time());
        if (!retention.hears(entry.time(), watermark) || index.unlinks().contains(unlink)) {
            return;
        }
        out.count(Counted.UNLINKED);
        List<KeyIndex.Unlink> unlinks = new ArrayList<>(index.unlinks());
        unlinks.add(unlink);
        index = index.withUnlinks(unlinks);
        new Range(
                        Days.minus(entry.time(), settings.unlinkReach()),
                        Days.plus(entry.time(), settings.back()))
                .judgeAll((first, last) -> false);
    }

    void alias(IdentityMessage message) {
        Entry said = message.entry();
        index = index.withAlias(message.customer(), said == null ? List.of() : List.of(said));
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
        if (index.unlinks().isEmpty()) {
            Timeline timeline = new Timeline(state, index);
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

    private interface Untouched {
        /** Whether nothing changes for events from {@code first} to {@code last}. */
        boolean holds(long first, long last);
    }

    /** Events to be judged anew, by their times. */
    private final class Range {

        private final long from;
        private final long to;

        Range(long from, long to) {
            this.from = from;
            this.to = to;
        }

        void judgeAll(Untouched untouched) {
            long day = Long.MIN_VALUE;
            boolean skipped = false;
            for (long number : List.copyOf(index.hours())) {
                if (Days.hourEnd(number) < from || Days.hourStart(number) > to) {
                    continue;
                }
                long its = Days.of(Days.hourStart(number));
                if (its != day) {
                    day = its;
                    skipped = untouched.holds(Days.start(day), Days.end(day));
                }
                if (!skipped) {
                    judge(number);
                }
            }
        }

        private boolean isTouched(long time) {
            return time >= from && time <= to && !retention.isFinal(time, watermark);
        }

        private void judge(long number) {
            EventHour hour = hour(number);
            if (hour.busy()) {
                return;
            }
            boolean changed = false;
            List<Held> events = new ArrayList<>(hour.events().size());
            for (Held held : hour.events()) {
                Held told = held;
                if (isTouched(held.event().time())) {
                    told = update(held, KeyVisit.this.judge(held.event(), held.own(), held.path()));
                    changed |= told != held;
                }
                events.add(told);
            }
            if (changed) {
                state.events(number, new EventHour(false, events));
            }
        }
    }

    private EventHour hour(long number) {
        return Objects.requireNonNullElse(state.events(number), EventHour.NONE);
    }

    private Destination judge(CustomerEvent event, boolean own, List<Hop> path) {
        if (!own && ownership.isCrowd(index, event.time())) {
            out.count(Counted.CROWD);
            List<Hop> back = new ArrayList<>(path);
            back.add(Hop.guard(Rule.CROWD, key, "", event.time()));
            return new Destination(true, claims.top(event), back);
        }
        Owner owner = ownership.owner(key, event.time(), event.id(), new Timeline(state, index));
        List<Hop> further = new ArrayList<>(path);
        further.addAll(owner.hops());
        if (owner.hops().stream().anyMatch(hop -> hop.rule() == Rule.SHARED)) {
            out.count(Counted.SHARED);
        }
        return owner.target().isEmpty()
                ? customer(further)
                : new Destination(false, owner.target(), further);
    }

    /** This identifier as a customer, or the account that it stands for. */
    private Destination customer(List<Hop> path) {
        if (index.alias().isEmpty()) {
            return new Destination(true, key, path);
        }
        path.add(Hop.by(Rule.ALIAS, key, index.aliasEntry().get(0)));
        return new Destination(true, index.alias(), path);
    }

    /** Tells what changed; the new one first, so that nobody loses what another has not yet got. */
    private Held update(Held held, @Nullable Destination now) {
        Destination before = held.sent();
        if (Objects.equals(before, now)) {
            return held;
        }
        if (now != null) {
            send(held.event(), now, 1);
        }
        if (before != null) {
            takenBack.add(() -> send(held.event(), before, -1));
        }
        count(before, now);
        return held.sentTo(now);
    }

    private void count(@Nullable Destination before, @Nullable Destination now) {
        if (before == null && now != null && now.isCustomer()) {
            out.count(Counted.ASSIGNED);
            if (!claims.isAccount(now.key())) {
                out.count(Counted.PROVISIONAL);
            }
        }
        if (before != null && now != null && !before.key().equals(now.key())) {
            out.count(Counted.MOVED);
            if (before.isCustomer() && before.key().equals(key)) {
                out.count(Counted.MERGED);
            }
        }
    }

    private void send(CustomerEvent event, Destination to, int sign) {
        if (to.isCustomer()) {
            out.assign(new Assignment(to.key(), sign, event, to.path()));
        } else {
            out.forward(IdentityMessage.moved(to.key(), sign, event, to.path()));
        }
    }
}
