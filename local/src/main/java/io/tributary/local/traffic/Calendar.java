package io.tributary.local.traffic;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** When one customer is busy, by lane. */
final class Calendar {

    /** The lane whose sessions may overlap with anything. */
    static final String ANY = "any";

    /**
     * Least time between two sessions of one lane: longer than the longest window of a shopping
     * definition, so that two sessions never make one match.
     */
    static final long PAUSE = 150 * 60_000L;

    private static final int TRIES = 20;
    private static final long DAY = 86_400_000L;
    private static final long HOUR = 3_600_000L;

    /** How busy each hour of the day is, UTC. */
    private static final int[] HOURS = {
        1, 1, 1, 1, 1, 2, 4, 6, 8, 9, 10, 10, 9, 8, 8, 8, 9, 10, 12, 13, 12, 9, 5, 2
    };

    private static final int ALL_HOURS = Arrays.stream(HOURS).sum();

    private record Busy(long from, long to) {}

    private final long start;
    private final long span;
    private final Map<String, List<Busy>> lanes = new HashMap<>();

    Calendar(long start, long span) {
        this.start = start;
        this.span = span;
    }

    /**
     * Finds a time for a session and takes it.
     *
     * @param length milliseconds, less than the whole period
     * @param busy for how long of it the lane is taken, milliseconds
     * @return when it starts; -1 if no free time was found, which lane {@link #ANY} always has
     */
    long place(String lane, long length, long busy, Dice dice) {
        boolean exclusive = !lane.equals(ANY);
        List<Busy> taken = lanes.computeIfAbsent(lane, name -> new ArrayList<>());
        for (int i = 0; i < TRIES; i++) {
            long from = start + dice.between(0, span / DAY - 1) * DAY + timeOfDay(dice);
            long to = from + busy;
            boolean free =
                    !exclusive
                            || taken.stream()
                                    .allMatch(b -> to + PAUSE < b.from() || b.to() + PAUSE < from);
            if (from + length < start + span && free) {
                taken.add(new Busy(from, to));
                return from;
            }
        }
        return exclusive ? -1 : start + dice.between(0, span - length - 1);
    }

    private static long timeOfDay(Dice dice) {
        int mark = dice.below(ALL_HOURS);
        int hour = 0;
        while (mark >= HOURS[hour]) {
            mark -= HOURS[hour];
            hour++;
        }
        return hour * HOUR + dice.between(0, HOUR - 1);
    }
}
