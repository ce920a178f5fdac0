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

/**
 * Gives every customer a share of the events and fills it with scripts. The first customers run one
 * pain-point script each, so that even a small file holds all of them.
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
    private final List<Script> painful;
    private final Script filler;
    private final List<Occurrence> occurrences = new ArrayList<>();
    private final List<Truth> truths = new ArrayList<>();

    private TrafficPlanner(Settings settings, List<Script> scripts) {
        this.settings = settings;
        this.scripts = scripts.stream().filter(s -> s.longest() < settings.span()).toList();
        this.painful = this.scripts.stream().filter(s -> !s.pains().isEmpty()).toList();
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
            long upTo = i == settings.customers() - 1 ? settings.events() : (long) shares[i];
            planner.planPerson(Person.of(settings.seed(), i), (int) (upTo - given));
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

    private void planPerson(Person person, int events) {
        Dice dice = Dice.of(settings.seed(), person.index());
        Dice delays = Dice.of(settings.seed(), DELAYS + person.index());
        Calendar calendar = new Calendar(settings.start(), settings.span());
        long number = person.index() * NUMBERS_PER_PERSON;
        int remaining = events;
        while (remaining > 0) {
            boolean first = remaining == events;
            Script script = choose(dice, remaining, first ? person.index() : Integer.MAX_VALUE);
            long[] times = times(script, dice);
            long start = calendar.place(script.lane(), length(script, times), dice);
            if (start < 0) {
                script = filler;
                times = new long[1];
                start = calendar.place(Calendar.ANY, 0, dice);
            }
            Session session = new Session(person, script, number, new SessionValues(number, dice));
            record(session, times, start, delays);
            remaining -= script.steps().size();
            number++;
        }
    }

    /** By weight, of those that fit; the first customers get the painful ones in turn. */
    private Script choose(Dice dice, int room, int turn) {
        if (turn < painful.size() && painful.get(turn).steps().size() <= room) {
            return painful.get(turn);
        }
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
