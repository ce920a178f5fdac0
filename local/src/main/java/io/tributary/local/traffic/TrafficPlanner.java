package io.tributary.local.traffic;

import io.tributary.local.traffic.Script.Pain;
import io.tributary.local.traffic.Script.Step;
import io.tributary.local.traffic.Traffic.Occurrence;
import io.tributary.local.traffic.Traffic.Session;
import io.tributary.local.traffic.Traffic.Settings;
import io.tributary.local.traffic.Traffic.Truth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gives every customer a share of the events and fills it with scripts. The first customers begin
 * with one pain-point script each, the next ones with one near miss each, so that even a small file
 * holds all of them. The last event of all is at the very end of the period, so that every planted
 * pain point is certain when it has been read.
 */
final class TrafficPlanner {

    /** Time from an event to its receipt, milliseconds; the same for all, so order is kept. */
    static final long TRANSIT = 120;

    /** How much later than that an event comes that is out of order, at most; milliseconds. */
    static final long LONGEST_DELAY = 3_600_000;

    /** Session numbers of one customer; more sessions than that are not possible in a file. */
    private static final long NUMBERS_PER_PERSON = 10_000_000;

    /** Keeps the stream of delays apart from the stream of behaviour. */
    private static final long DELAYS = 1L << 40;

    private static final Comparator<Occurrence> BY_ARRIVAL =
            Comparator.comparingLong(Occurrence::arrival)
                    .thenComparingLong(o -> o.session().number())
                    .thenComparingInt(Occurrence::stepIndex);
    private static final Comparator<Truth> BY_TIME =
            Comparator.comparingLong(Truth::time)
                    .thenComparing(Truth::pattern)
                    .thenComparing(Truth::customer);

    private final Settings settings;
    private final List<Script> scripts;

    /** Scripts that some customer must run before chance decides. */
    private final List<Script> due;

    private final Script filler;
    private final List<Occurrence> occurrences = new ArrayList<>();
    private final List<Truth> truths = new ArrayList<>();

    private TrafficPlanner(Settings settings, List<Script> scripts) {
        this.settings = settings;
        this.scripts = scripts.stream().filter(s -> s.longest() < settings.span()).toList();
        this.due =
                new ArrayList<>(
                        this.scripts.stream()
                                .filter(Script::isPlanted)
                                .sorted(Comparator.comparing((Script s) -> s.pains().isEmpty()))
                                .toList());
        this.filler =
                this.scripts.stream()
                        .filter(s -> s.steps().size() == 1 && s.lane().equals(Calendar.ANY))
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        new IllegalArgumentException(
                                                "a script of one step in lane any is needed"));
    }

    static Traffic plan(Settings settings, List<Script> scripts) {
        TrafficPlanner planner = new TrafficPlanner(settings, scripts);
        double[] shares = planner.shares();
        long given = 0;
        for (int i = 0; i < settings.customers(); i++) {
            boolean last = i == settings.customers() - 1;
            long upTo = last ? settings.events() : (long) shares[i];
            planner.planPerson(Person.of(settings.seed(), i), (int) (upTo - given), last);
            given = upTo;
        }
        planner.occurrences.sort(BY_ARRIVAL);
        planner.truths.sort(BY_TIME);
        return new Traffic(planner.occurrences, planner.truths);
    }

    /**
     * Events of the customers up to and including each one: exponential shares over a floor, so
     * that a few are busy and nobody is empty in a large file.
     */
    private double[] shares() {
        Dice dice = Dice.of(settings.seed(), Long.MIN_VALUE);
        double[] upTo = new double[settings.customers()];
        double sum = 0;
        for (int i = 0; i < upTo.length; i++) {
            sum += 0.3 - Math.log1p(-dice.fraction());
            upTo[i] = sum;
        }
        for (int i = 0; i < upTo.length; i++) {
            upTo[i] = Math.floor(upTo[i] / sum * settings.events());
        }
        return upTo;
    }

    /**
     * @param last whether one of the events is the last one of all
     */
    private void planPerson(Person person, int events, boolean last) {
        Dice dice = Dice.of(settings.seed(), person.index());
        Dice delays = Dice.of(settings.seed(), DELAYS + person.index());
        Calendar calendar = new Calendar(settings.start(), settings.span());
        long number = person.index() * NUMBERS_PER_PERSON;
        int remaining = events;
        if (last && events > 0) {
            Session session = new Session(person, filler, number, new SessionValues(number, dice));
            record(session, new long[1], settings.start() + settings.span() - 1, delays);
            remaining--;
            number++;
        }
        boolean first = true;
        while (remaining > 0) {
            Script script = first ? next(remaining) : null;
            first = false;
            if (script == null) {
                script = choose(dice, remaining);
            }
            long[] times = times(script, dice);
            long length = length(script, times);
            long busy = busy(script, times, length);
            long start = calendar.place(script.lane(), length, busy, dice);
            if (start < 0) {
                script = filler;
                times = new long[1];
                start = calendar.place(Calendar.ANY, 0, 0, dice);
            }
            Session session = new Session(person, script, number, new SessionValues(number, dice));
            record(session, times, start, delays);
            remaining -= script.steps().size();
            number++;
        }
    }

    /** The first script that is due and fits; null if there is none. */
    private @Nullable Script next(int room) {
        for (Script script : due) {
            if (script.steps().size() <= room) {
                due.remove(script);
                return script;
            }
        }
        return null;
    }

    /** By weight, of those that fit. */
    private Script choose(Dice dice, int room) {
        List<Script> fitting = scripts.stream().filter(s -> s.steps().size() <= room).toList();
        long mark = dice.between(1, fitting.stream().mapToInt(Script::weight).sum());
        for (Script script : fitting) {
            mark -= script.weight();
            if (mark <= 0) {
                return script;
            }
        }
        return filler;
    }

    /** Times of the steps after the start of the session, milliseconds. */
    private static long[] times(Script script, Dice dice) {
        long[] times = new long[script.steps().size()];
        long time = 0;
        for (int i = 0; i < times.length; i++) {
            Step step = script.steps().get(i);
            time += dice.between(step.least(), step.most());
            times[i] = time;
        }
        return times;
    }

    /** From the start to the last step or detection, whichever is later. */
    private static long length(Script script, long[] times) {
        long length = times[times.length - 1];
        for (Pain pain : script.pains()) {
            length = Math.max(length, times[pain.step()] + pain.after());
        }
        return length;
    }

    /** How long the script takes its lane. */
    private static long busy(Script script, long[] times, long length) {
        int last = times.length - 1;
        return script.laneUntil() == last ? length : times[script.laneUntil()];
    }

    private void record(Session session, long[] times, long start, Dice delays) {
        for (int i = 0; i < times.length; i++) {
            long time = start + times[i];
            long delay =
                    delays.chance(settings.outOfOrder()) ? delays.between(1_000, LONGEST_DELAY) : 0;
            occurrences.add(new Occurrence(session, i, time, time + TRANSIT + delay));
        }
        for (Pain pain : session.script().pains()) {
            long time = start + times[pain.step()] + pain.after();
            truths.add(new Truth(pain.pattern(), session.person().userId(), time));
        }
    }
}
