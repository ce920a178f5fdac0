package io.tributary.identity;

import io.tributary.erasure.Erasures;
import io.tributary.event.CustomerEvent;
import io.tributary.identity.EventHour.Destination;
import io.tributary.identity.EventHour.Held;
import io.tributary.identity.Hop.Rule;
import io.tributary.identity.IdentityLayer.Counted;
import io.tributary.identity.IdentityLayer.Output;
import io.tributary.identity.Ownership.Owner;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where the events at one identifier go, by what is known of it now, and who is told. */
final class KeyJudge {

    /** Where the events of erased customers go: nowhere, and they are not kept. */
    static final Destination ERASED = new Destination(true, "", List.of());

    final IdentitySettings settings;
    final EventClaims claims;
    final Erasures erasures;
    final Ownership ownership;
    final Retention retention;
    final String key;
    final KeyState state;
    final long watermark;
    final Output out;

    /** What is known so far; the visit changes it. */
    KeyIndex index;

    private final List<Runnable> takenBack = new ArrayList<>(0);

    KeyJudge(
            IdentitySettings settings,
            EventClaims claims,
            Retention retention,
            Erasures erasures,
            String key,
            KeyState state,
            long watermark,
            Output out) {
        this.settings = settings;
        this.claims = claims;
        this.ownership = new Ownership(settings);
        this.retention = retention;
        this.erasures = erasures;
        this.key = key;
        this.state = state;
        this.watermark = watermark;
        this.out = out;
        KeyIndex known = state.index();
        this.index = known == null ? KeyIndex.EMPTY : known;
    }

    /** Takes back where events are no longer, after all of them are where they are now. */
    void takeBack() {
        takenBack.forEach(Runnable::run);
    }

    /** Where an event, which is here by itself or through lower identifiers, goes. */
    @Nullable Destination judge(Held held) {
        return judge(held, ownership);
    }

    @Nullable Destination judge(Held held, Ownership rules) {
        return held.isPresent() ? judge(held.event(), held.own(), held.path(), rules) : null;
    }

    /** Says of whole days that nothing changes there. */
    interface Untouched {
        /** Whether nothing changes for events from {@code first} to {@code last}. */
        boolean holds(long first, long last);
    }

    /** Judges anew the events from a time to another, both included. */
    void judgeAll(long from, long to, Untouched untouched) {
        long day = Long.MIN_VALUE;
        boolean skipped = false;
        for (long number : index.hours()) {
            if (Days.hourEnd(number) < from || Days.hourStart(number) > to) {
                continue;
            }
            long its = Days.of(Days.hourStart(number));
            if (its != day) {
                day = its;
                skipped = untouched.holds(Days.start(day), Days.end(day));
            }
            if (!skipped) {
                judge(number, from, to);
            }
        }
    }

    private boolean isTouched(long time, long from, long to) {
        return time >= from && time <= to && !retention.isFinal(time, watermark);
    }

    private void judge(long number, long from, long to) {
        EventHour hour = hour(number);
        if (hour.busy()) {
            return;
        }
        boolean changed = false;
        List<Held> events = new ArrayList<>(hour.events().size());
        for (Held held : hour.events()) {
            Held told = held;
            if (isTouched(held.event().time(), from, to)) {
                told = update(held, judge(held));
                changed |= told != held;
            }
            if (told.sent() != ERASED) {
                events.add(told);
            }
        }
        if (changed) {
            keep(number, events);
        }
    }

    void keep(long number, List<Held> events) {
        if (events.isEmpty()) {
            state.events(number, null);
            index = index.withHours(Retention.without(index.hours(), number));
        } else {
            state.events(number, new EventHour(false, events));
        }
    }

    /** Where an event stays whatever the claims say: with the identifier that it carries. */
    Destination stay(CustomerEvent event) {
        String top = claims.top(event);
        List<Hop> path = new ArrayList<>();
        path.add(Hop.guard(Rule.BUSY, key, "", event.time()));
        return top.equals(key)
                ? customer(path, event.time())
                : unlessErased(new Destination(true, top, path), event.time());
    }

    /** What belonged to an erased customer at its time is gone. */
    private Destination unlessErased(Destination to, long time) {
        return to.isCustomer() && erasures.covers(to.key(), time) ? ERASED : to;
    }

    /** The target under the name that it has once it was erased. */
    String nameOf(String target, long time) {
        return erasures.covers(target, time)
                ? ErasedTarget.of(key, target, erasures.firstAfter(target, time))
                : target;
    }

    /** What an entry still says once its target was erased. */
    Entry withoutErased(Entry entry) {
        return erasures.covers(entry.target(), entry.time())
                ? new Entry(
                        entry.time(), "", entry.kind(), nameOf(entry.target(), entry.time()), "")
                : entry;
    }

    EventHour hour(long number) {
        return Objects.requireNonNullElse(state.events(number), EventHour.NONE);
    }

    Destination judge(CustomerEvent event, boolean own, List<Hop> path) {
        return judge(event, own, path, ownership);
    }

    /**
     * Whether a new event was erased before it came: by what was said until the request. What is
     * known by now could give it to somebody else, and a replay would bring it back.
     */
    boolean isGone(CustomerEvent event, boolean own, List<Hop> path) {
        for (long until : index.erased()) {
            if (event.time() <= until
                    && judge(event, own, path, new Ownership(settings, until)) == ERASED) {
                return true;
            }
        }
        return false;
    }

    /** An entry names, or named, somebody who was erased. */
    void remember(Entry entry) {
        if (ErasedTarget.is(entry.target())) {
            index =
                    index.withErased(
                            Retention.including(
                                    index.erased(), ErasedTarget.until(entry.target())));
        }
    }

    private Destination judge(CustomerEvent event, boolean own, List<Hop> path, Ownership rules) {
        if (erasures.covers(key, event.time())) {
            return ERASED;
        }
        if (!own && rules.isCrowd(index, event.time())) {
            out.count(Counted.CROWD);
            List<Hop> back = new ArrayList<>(path);
            back.add(Hop.guard(Rule.CROWD, key, "", event.time()));
            return unlessErased(new Destination(true, claims.top(event), back), event.time());
        }
        if (index.hasNoEntries() && index.alias().isEmpty()) {
            return new Destination(true, key, path); // an account, or nobody's
        }
        if (Ownership.isOptedOut(index, event.time())) {
            out.count(Counted.OPTED_OUT);
            List<Hop> alone = new ArrayList<>(path);
            alone.add(Hop.guard(Rule.OPTED_OUT, key, "", event.time()));
            return new Destination(true, key, alone);
        }
        Owner owner = rules.owner(key, event.time(), event.id(), new Timeline(state, index));
        List<Hop> further = new ArrayList<>(path);
        further.addAll(owner.hops());
        if (owner.hops().stream().anyMatch(hop -> hop.rule() == Rule.SHARED)) {
            out.count(Counted.SHARED);
        }
        if (ErasedTarget.is(owner.target())) {
            return ERASED;
        }
        return owner.target().isEmpty()
                ? customer(further, event.time())
                : new Destination(false, owner.target(), further);
    }

    /** This identifier as a customer, or the account that it stands for. */
    private Destination customer(List<Hop> path, long time) {
        if (index.alias().isEmpty()) {
            return new Destination(true, key, path);
        }
        path.add(Hop.by(Rule.ALIAS, key, index.aliasEntry().get(0)));
        return unlessErased(new Destination(true, index.alias(), path), time);
    }

    /** Tells what changed; the new one first, so that nobody loses what another has not yet got. */
    Held update(Held held, @Nullable Destination now) {
        Destination before = held.sent();
        if (Objects.equals(before, now)) {
            return held;
        }
        if (now != null) {
            send(held.event(), now, 1);
        }
        // what was erased has been removed wherever it went
        if (before != null && !erasures.covers(before.key(), held.event().time())) {
            takenBack.add(() -> send(held.event(), before, -1));
        }
        count(before, now);
        return held.sentTo(now);
    }

    private void count(@Nullable Destination before, @Nullable Destination now) {
        if (now == ERASED) {
            return;
        }
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

    void send(CustomerEvent event, Destination to, int sign) {
        if (to == ERASED) {
            out.count(Counted.ERASED);
        } else if (to.isCustomer()) {
            out.assign(new Assignment(to.key(), sign, event, to.path()));
        } else {
            out.forward(IdentityMessage.moved(to.key(), sign, event, to.path()));
        }
    }
}
