package io.tributary.identity;

import java.util.Comparator;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * What is known of an identifier besides its entries and events themselves.
 *
 * @param targets who it was claimed to belong to, for {@code shared}
 * @param leading the lower identifiers that led here, for {@code crowd}
 * @param unlinks claims that are void
 * @param settled the last entry of each kind and target among those so old that nothing can come
 *     between them any more, sorted; older than all that {@code days} hold
 * @param days numbers of the days that have an {@link EntryDay}, sorted
 * @param hours numbers of the hours that have an {@link EventHour}, sorted
 * @param alias key of the account that this one stands for; empty for itself
 * @param aliasEntry what declared it; empty list if nothing did
 * @param choices when stitching was opted out of and in again, sorted
 * @param erased times of requests that erased somebody whom entries named, sorted
 */
@TypeInfo(KeyIndexSerializer.Factory.class)
public record KeyIndex(
        Presence targets,
        Presence leading,
        List<Unlink> unlinks,
        List<Entry> settled,
        List<Long> days,
        List<Long> hours,
        String alias,
        List<Entry> aliasEntry,
        List<Choice> choices,
        List<Long> erased) {

    static final KeyIndex EMPTY =
            new KeyIndex(
                    Presence.NONE,
                    Presence.NONE,
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    "",
                    List.of(),
                    List.of(),
                    List.of());

    /**
     * Claims to {@code target} up to {@code time} are void, for events from {@code time} - U on.
     */
    public record Unlink(String target, long time) {}

    /**
     * From {@code time} on the identifier's events are its own alone, or no longer.
     *
     * @param event id, for the order of those at one time
     */
    public record Choice(long time, String event, boolean out) {

        static final Comparator<Choice> ORDER =
                Comparator.comparingLong(Choice::time).thenComparing(Choice::event);
    }

    boolean isEmpty() {
        return hours.isEmpty()
                && days.isEmpty()
                && settled.isEmpty()
                && alias.isEmpty()
                && choices.isEmpty()
                && erased.isEmpty()
                && unlinks.isEmpty()
                && targets.days().isEmpty()
                && leading.days().isEmpty();
    }

    /** Whether nothing was ever said about whose it is. */
    boolean hasNoEntries() {
        return days.isEmpty() && settled.isEmpty() && targets.days().isEmpty() && choices.isEmpty();
    }

    KeyIndex withTargets(Presence value) {
        return new KeyIndex(
                value, leading, unlinks, settled, days, hours, alias, aliasEntry, choices, erased);
    }

    KeyIndex withLeading(Presence value) {
        return new KeyIndex(
                targets, value, unlinks, settled, days, hours, alias, aliasEntry, choices, erased);
    }

    KeyIndex withUnlinks(List<Unlink> value) {
        return new KeyIndex(
                targets, leading, value, settled, days, hours, alias, aliasEntry, choices, erased);
    }

    KeyIndex withSettled(List<Entry> value) {
        return new KeyIndex(
                targets, leading, unlinks, value, days, hours, alias, aliasEntry, choices, erased);
    }

    KeyIndex withDays(List<Long> value) {
        if (value == days) {
            return this;
        }
        return new KeyIndex(
                targets,
                leading,
                unlinks,
                settled,
                value,
                hours,
                alias,
                aliasEntry,
                choices,
                erased);
    }

    KeyIndex withHours(List<Long> value) {
        if (value == hours) {
            return this;
        }
        return new KeyIndex(
                targets,
                leading,
                unlinks,
                settled,
                days,
                value,
                alias,
                aliasEntry,
                choices,
                erased);
    }

    KeyIndex withAlias(String value, List<Entry> entry) {
        return new KeyIndex(
                targets, leading, unlinks, settled, days, hours, value, entry, choices, erased);
    }

    KeyIndex withChoices(List<Choice> value) {
        return new KeyIndex(
                targets, leading, unlinks, settled, days, hours, alias, aliasEntry, value, erased);
    }

    KeyIndex withErased(List<Long> value) {
        return new KeyIndex(
                targets, leading, unlinks, settled, days, hours, alias, aliasEntry, choices, value);
    }
}
