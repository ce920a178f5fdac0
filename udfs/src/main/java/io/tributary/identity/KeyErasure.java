package io.tributary.identity;

import io.tributary.identity.EventHour.Held;
import io.tributary.identity.Presence.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Applies the erasures in force to all that is known of one identifier (rule 16). Once more changes
 * nothing.
 *
 * <ul>
 *   <li>What names an erased customer, up to the request, names an {@link ErasedTarget} instead.
 *   <li>Events up to a request that are the customer's by what was said until then are removed.
 *   <li>The others are judged anew: what comes after the request is no longer this customer's.
 * </ul>
 */
final class KeyErasure {

    private final KeyJudge at;
    private final Map<String, Long> links = new TreeMap<>();
    private boolean changed;

    KeyErasure(KeyJudge at) {
        this.at = at;
    }

    /** Returns how many links were removed, by key of the customer whom they named. */
    Map<String, Long> apply() {
        if (at.erasures.isEmpty() || at.state.index() == null) {
            return links;
        }
        presences(); // these look at the entries under their own names
        entries();
        alias();
        long own = at.erasures.last(at.key);
        if (changed || own != Long.MIN_VALUE) {
            removeEvents(own);
            at.index.erased().forEach(this::removeEvents);
            at.judgeAll(Long.MIN_VALUE, Long.MAX_VALUE, (first, last) -> false);
        }
        return links;
    }

    private void presences() {
        Presence targets = at.index.targets().renamed(this::target);
        Presence leading = at.index.leading().renamed(this::leading);
        changed |= targets != at.index.targets() || leading != at.index.leading();
        at.index = at.index.withTargets(targets).withLeading(leading);
    }

    private List<Span> target(long day, Span span) {
        return at.erasures.covers(span.name(), span.first())
                ? renamed(span, claims(day, span))
                : List.of(span);
    }

    /** Times at which a target was claimed on a day: only the ends of the span are sure to be. */
    private List<Long> claims(long day, Span span) {
        List<Long> times = new ArrayList<>(List.of(span.first(), span.last()));
        for (Entry entry : entries(at.state.entries(day))) {
            if (entry.isClaim() && entry.target().equals(span.name())) {
                times.add(entry.time());
            }
        }
        return times;
    }

    /** What led to an erased customer is forgotten; the name of what was erased is replaced. */
    private List<Span> leading(long day, Span span) {
        long own = at.erasures.last(at.key);
        if (span.last() <= own) {
            return List.of();
        }
        Span later = span.first() <= own ? new Span(span.name(), span.last(), span.last()) : span;
        return at.erasures.covers(later.name(), later.first())
                ? renamed(later, List.of(later.first(), later.last()))
                : List.of(later);
    }

    private List<Span> renamed(Span span, List<Long> times) {
        TreeMap<String, Span> byName = new TreeMap<>();
        for (long time : times) {
            String name = at.nameOf(span.name(), time);
            byName.merge(name, new Span(name, time, time), Span::join);
        }
        return new ArrayList<>(byName.values());
    }

    private void entries() {
        for (long day : at.index.days()) {
            EntryDay before = at.state.entries(day);
            List<Entry> after = renamed(entries(before));
            if (before != null && !after.equals(before.entries())) {
                at.state.entries(day, new EntryDay(before.full(), after));
            }
        }
        List<Entry> settled = renamed(at.index.settled());
        List<KeyIndex.Unlink> unlinks = new ArrayList<>();
        for (KeyIndex.Unlink unlink : at.index.unlinks()) {
            String target = at.nameOf(unlink.target(), unlink.time());
            changed |= !target.equals(unlink.target());
            unlinks.add(new KeyIndex.Unlink(target, unlink.time()));
        }
        at.index = at.index.withSettled(settled).withUnlinks(unlinks);
    }

    private static List<Entry> entries(@Nullable EntryDay day) {
        return day == null ? List.of() : day.entries();
    }

    /** In their order, each once. */
    private List<Entry> renamed(List<Entry> entries) {
        TreeSet<Entry> renamed = new TreeSet<>(Entry.ORDER);
        for (Entry entry : entries) {
            Entry now = at.withoutErased(entry);
            if (now != entry) {
                links.merge(entry.target(), 1L, Long::sum);
                changed = true;
            }
            at.remember(now);
            renamed.add(now);
        }
        return new ArrayList<>(renamed);
    }

    /** Whoever is erased stands for nobody any more, and nobody for them. */
    private void alias() {
        for (Entry said : at.index.aliasEntry()) {
            if (at.erasures.covers(at.key, said.time())
                    || at.erasures.covers(at.index.alias(), said.time())) {
                links.merge(at.index.alias(), 1L, Long::sum);
                at.index = at.index.withAlias("", new ArrayList<>());
                changed = true;
            }
        }
    }

    /** By what was said until the request: whatever came later has nothing to do with it. */
    private void removeEvents(long until) {
        Ownership then = new Ownership(at.settings, until);
        for (long number : at.index.hours()) {
            if (Days.hourStart(number) > until) {
                return;
            }
            List<Held> before = at.hour(number).events();
            List<Held> kept = new ArrayList<>(before.size());
            for (Held held : before) {
                boolean erased =
                        held.event().time() <= until && at.judge(held, then) == KeyJudge.ERASED;
                if (erased) {
                    at.update(held, KeyJudge.ERASED);
                } else {
                    kept.add(held);
                }
            }
            if (kept.size() < before.size()) {
                at.keep(number, kept);
            }
        }
    }
}
