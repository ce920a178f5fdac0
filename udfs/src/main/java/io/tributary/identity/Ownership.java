package io.tributary.identity;

import io.tributary.identity.Hop.Rule;
import io.tributary.identity.IdentitySettings.Logout;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whose an identifier is at a time, by the entries about it (rules 5 to 9). */
final class Ownership {

    private final IdentitySettings settings;
    private final long known;

    Ownership(IdentitySettings settings) {
        this(settings, Long.MAX_VALUE);
    }

    /**
     * @param known what was said later does not count
     */
    Ownership(IdentitySettings settings, long known) {
        this.settings = settings;
        this.known = known;
    }

    /**
     * @param target key of the owner; empty if it is the identifier itself
     * @param hops why; a guard may stand beside an owner, or alone
     */
    record Owner(String target, List<Hop> hops) {

        static final Owner ITSELF = new Owner("", List.of());
    }

    /**
     * Who owns {@code key} at {@code time}.
     *
     * @param event id of the event that asks: its own logout does not count yet
     */
    Owner owner(String key, long time, String event, Timeline timeline) {
        if (isShared(timeline.index(), time)) {
            return sharedOwner(key, time, event, timeline);
        }
        Hop unmasked = find(key, time, event, timeline, true);
        Owner owner = unmasked == null ? Owner.ITSELF : new Owner(unmasked.to(), List.of(unmasked));
        if (timeline.index().unlinks().isEmpty()) {
            return owner;
        }
        Hop masked = find(key, time, event, timeline, false);
        if (masked == null || masked.equals(unmasked)) {
            return owner;
        }
        Hop guard =
                Hop.guard(
                        Rule.UNLINKED,
                        key,
                        ErasedTarget.is(masked.to()) ? "" : masked.to(),
                        unlinkedAt(timeline.index(), masked.to(), masked.time(), time));
        return unmasked == null
                ? new Owner("", List.of(guard))
                : new Owner(unmasked.to(), List.of(guard, unmasked));
    }

    private Owner sharedOwner(String key, long time, String event, Timeline timeline) {
        Entry last =
                timeline.before(
                        time,
                        Days.minus(time, settings.claimWithin()),
                        entry ->
                                entry.isStrong()
                                        && isOthers(entry, event)
                                        && !isMasked(timeline.index(), entry, time));
        Hop guard = Hop.guard(Rule.SHARED, key, "", time);
        return last == null || !last.isClaim() || !holds(last, time)
                ? new Owner("", List.of(guard))
                : new Owner(last.target(), List.of(guard, Hop.by(Rule.CLAIM, key, last)));
    }

    private @Nullable Hop find(
            String key, long time, String event, Timeline timeline, boolean masks) {
        KeyIndex index = timeline.index();
        long since = Days.minus(time, settings.validity());
        Entry[] weak = new Entry[1];
        Entry last =
                timeline.before(
                        time,
                        since,
                        entry -> {
                            if (masks && isMasked(index, entry, time) || !isOthers(entry, event)) {
                                return false;
                            }
                            if (!entry.isStrong() && weak[0] == null) {
                                weak[0] = entry;
                            }
                            return entry.isStrong();
                        });
        if (last != null && last.isClaim() && holds(last, time)) {
            return Hop.by(Rule.CLAIM, key, last);
        }
        Entry next =
                timeline.after(
                        time,
                        Math.min(known, Days.plus(time, settings.backfill())),
                        entry -> entry.isStrong() && !(masks && isMasked(index, entry, time)));
        if (next != null && next.isClaim() && settings.backfill() > 0) {
            return Hop.by(Rule.BACKFILL, key, next);
        }
        if (weak[0] != null && holds(weak[0], time)) {
            return Hop.by(Rule.HINT, key, weak[0]);
        }
        if (last == null || last.isClaim() || settings.logout() != Logout.BOUNDARY) {
            return null;
        }
        Entry before =
                timeline.before(
                        last.time(),
                        since,
                        entry ->
                                entry.isClaim()
                                        && Entry.ORDER.compare(entry, last) < 0
                                        && !(masks && isMasked(index, entry, time)));
        return before == null || !holds(before, time)
                ? null
                : Hop.by(Rule.BEFORE_LOGOUT, key, before);
    }

    /** What an erased customer left says nothing about later events: they are nobody's by it. */
    private static boolean holds(Entry entry, long time) {
        return !ErasedTarget.is(entry.target()) || time <= ErasedTarget.until(entry.target());
    }

    /** A logout event is judged before its own end. */
    private static boolean isOthers(Entry entry, String event) {
        return entry.kind() != Entry.Kind.END || !entry.event().equals(event);
    }

    private boolean isMasked(KeyIndex index, Entry entry, long time) {
        return !index.unlinks().isEmpty()
                && unlinkedAt(index, entry.target(), entry.time(), time) != Long.MAX_VALUE;
    }

    /** Time of the first unlink that voids a claim of {@code said} at {@code time}. */
    private long unlinkedAt(KeyIndex index, String target, long said, long time) {
        long first = Long.MAX_VALUE;
        for (KeyIndex.Unlink unlink : index.unlinks()) {
            if (unlink.target().equals(target)
                    && unlink.time() <= known
                    && said <= unlink.time()
                    && time >= Days.minus(unlink.time(), settings.unlinkReach())) {
                first = Math.min(first, unlink.time());
            }
        }
        return first;
    }

    /** Whether an identifier was to be kept to itself at a time (rule 17). */
    static boolean isOptedOut(KeyIndex index, long time) {
        boolean out = false;
        for (KeyIndex.Choice choice : index.choices()) {
            if (choice.time() > time) {
                break;
            }
            out = choice.out();
        }
        return out;
    }

    boolean isShared(KeyIndex index, long time) {
        return isAlwaysShared(index.targets(), time, time);
    }

    boolean isCrowd(KeyIndex index, long time) {
        return isAlwaysCrowd(index.leading(), time, time);
    }

    /** Whether it is shared at each time of a range, by what all their windows have in common. */
    boolean isAlwaysShared(Presence targets, long first, long last) {
        return targets.exceeds(
                settings.sharedAbove(),
                Days.minus(last, settings.sharedWindow()),
                Math.min(known, Days.plus(first, settings.forward())));
    }

    /** Whether it is a crowd at each time of a range. */
    boolean isAlwaysCrowd(Presence leading, long first, long last) {
        return leading.exceeds(
                settings.crowdAbove(),
                Days.minus(last, settings.sharedWindow()),
                Math.min(known, Days.plus(first, settings.forward())));
    }
}
