package io.tributary.identity;

import java.util.List;

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
 */
public record KeyIndex(
        Presence targets,
        Presence leading,
        List<Unlink> unlinks,
        List<Entry> settled,
        List<Long> days,
        List<Long> hours,
        String alias,
        List<Entry> aliasEntry) {

    static final KeyIndex EMPTY =
            new KeyIndex(
                    Presence.NONE,
                    Presence.NONE,
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    "",
                    List.of());

    /**
     * Claims to {@code target} up to {@code time} are void, for events from {@code time} - U on.
     */
    public record Unlink(String target, long time) {}

    KeyIndex withTargets(Presence value) {
        return new KeyIndex(value, leading, unlinks, settled, days, hours, alias, aliasEntry);
    }

    KeyIndex withLeading(Presence value) {
        return new KeyIndex(targets, value, unlinks, settled, days, hours, alias, aliasEntry);
    }

    KeyIndex withUnlinks(List<Unlink> value) {
        return new KeyIndex(targets, leading, value, settled, days, hours, alias, aliasEntry);
    }

    KeyIndex withSettled(List<Entry> value) {
        return new KeyIndex(targets, leading, unlinks, value, days, hours, alias, aliasEntry);
    }

    KeyIndex withDays(List<Long> value) {
        return new KeyIndex(targets, leading, unlinks, settled, value, hours, alias, aliasEntry);
    }

    KeyIndex withHours(List<Long> value) {
        return new KeyIndex(targets, leading, unlinks, settled, days, value, alias, aliasEntry);
    }

    KeyIndex withAlias(String value, List<Entry> entry) {
        return new KeyIndex(targets, leading, unlinks, settled, days, hours, value, entry);
    }
}
