package io.tributary.identity;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which names were seen on which days, to count the different ones in any window.
 *
 * <p>Of each name a day keeps the first and the last time, which is exact for windows of at least a
 * day. A day with more names than its limit keeps none of them: it is {@code full}, and a window
 * that touches it has too many names.
 *
 * @param days sorted, without gaps being stored
 */
public record Presence(List<Day> days) {

    static final Presence NONE = new Presence(List.of());

    /**
     * @param day number of the day since the epoch, UTC
     * @param full more names than are kept
     */
    public record Day(long day, boolean full, List<Span> spans) {}

    /** First and last time of a name on one day. */
    public record Span(String name, long first, long last) {

        Span join(Span other) {
            return new Span(name, Math.min(first, other.first), Math.max(last, other.last));
        }
    }

    /**
     * @param limit most names of a day that are kept
     * @return the same object if nothing is new
     */
    Presence with(String name, long time, int limit) {
        long day = Days.of(time);
        Day before = day(day);
        if (before == null) {
            return with(new Day(day, false, List.of(new Span(name, time, time))));
        }
        if (before.full()) {
            return this;
        }
        List<Span> spans = new ArrayList<>(before.spans().size() + 1);
        Span known = null;
        for (Span span : before.spans()) {
            if (span.name().equals(name)) {
                known = span;
            } else {
                spans.add(span);
            }
        }
        if (known != null && known.first() <= time && time <= known.last()) {
            return this;
        }
        spans.add(
                known == null
                        ? new Span(name, time, time)
                        : new Span(
                                name, Math.min(time, known.first()), Math.max(time, known.last())));
        return spans.size() > limit ? withFull(day) : with(new Day(day, false, spans));
    }

    Presence withFull(long day) {
        Day known = day(day);
        return known != null && known.full() ? this : with(new Day(day, true, List.of()));
    }

    private Presence with(Day changed) {
        List<Day> result = new ArrayList<>(days.size() + 1);
        int at = 0;
        for (Day day : days) {
            if (day.day() != changed.day()) {
                result.add(day);
                at += day.day() < changed.day() ? 1 : 0;
            }
        }
        result.add(at, changed);
        return new Presence(result);
    }

    private @org.jspecify.annotations.Nullable Day day(long number) {
        for (Day day : days) {
            if (day.day() == number) {
                return day;
            }
        }
        return null;
    }

    /**
     * Whether more than {@code limit} different names were seen from {@code from} to {@code to}.
     */
    boolean exceeds(int limit, long from, long to) {
        if (cannotExceed(limit)) {
            return false;
        }
        Set<String> names = new HashSet<>();
        for (int i = days.size() - 1; i >= 0; i--) {
            Day day = days.get(i);
            if (Days.start(day.day()) > to || Days.end(day.day()) < from) {
                continue;
            }
            if (day.full()) {
                return true;
            }
            for (Span span : day.spans()) {
                if (isIn(span.first(), from, to) || isIn(span.last(), from, to)) {
                    names.add(span.name());
                    if (names.size() > limit) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /** Without looking at names: fewer spans than that in all. */
    private boolean cannotExceed(int limit) {
        int spans = 0;
        for (Day day : days) {
            spans += day.full() ? limit + 1 : day.spans().size();
        }
        return spans <= limit;
    }

    private static boolean isIn(long time, long from, long to) {
        return from <= time && time <= to;
    }

    /** What the spans of one name on one day become; under one name they are joined. */
    interface Renaming {
        List<Span> renamed(long day, Span span);
    }

    /** The same object if every span stays as it is. */
    Presence renamed(Renaming renaming) {
        boolean changed = false;
        List<Day> result = new ArrayList<>(days.size());
        for (Day day : days) {
            Map<String, Span> spans = new LinkedHashMap<>();
            for (Span span : day.spans()) {
                List<Span> renamed = renaming.renamed(day.day(), span);
                changed |= renamed.size() != 1 || renamed.get(0) != span;
                renamed.forEach(each -> spans.merge(each.name(), each, Span::join));
            }
            if (day.full() || !spans.isEmpty()) {
                result.add(new Day(day.day(), day.full(), new ArrayList<>(spans.values())));
            }
        }
        return changed ? new Presence(result) : this;
    }

    /** Without the days that ended before {@code time}. */
    Presence since(long time) {
        return days.isEmpty() || Days.end(days.get(0).day()) >= time
                ? this
                : new Presence(
                        new ArrayList<>(
                                days.stream().filter(day -> Days.end(day.day()) >= time).toList()));
    }
}
