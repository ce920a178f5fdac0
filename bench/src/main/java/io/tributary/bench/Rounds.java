package io.tributary.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs contenders in turn, in the other order every second round, so that a machine that slows down
 * slows all of them. Only the thread's own CPU time counts; collecting garbage does not, because it
 * happens on other threads.
 */
final class Rounds {

    /** Work to be measured; answers with a number that depends on all of it. */
    interface Contender {
        long work();
    }

    /**
     * Medians over the rounds, for one run of {@link Contender#work}.
     *
     * @param cpuNanos CPU time of the thread
     * @param nanos time that passed
     */
    record Median(double cpuNanos, double nanos) {}

    /** Keeps the just-in-time compiler from leaving out work whose answer nobody reads. */
    @SuppressWarnings("unused")
    private static volatile long blackHole;

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

    private record Taken(List<Long> cpuNanos, List<Long> nanos) {}

    /** Medians in the order of the contenders. */
    List<Median> compare(int rounds, List<Contender> contenders) {
        List<Taken> taken = new ArrayList<>();
        contenders.forEach(c -> taken.add(new Taken(new ArrayList<>(), new ArrayList<>())));
        int warmUp = Math.max(1, rounds);
        for (int round = 0; round < warmUp + rounds; round++) {
            for (int i = 0; i < contenders.size(); i++) {
                int turn = round % 2 == 0 ? i : contenders.size() - 1 - i;
                measure(contenders.get(turn), round >= warmUp ? taken.get(turn) : null);
            }
        }
        return taken.stream()
                .map(t -> new Median(median(t.cpuNanos()), median(t.nanos())))
                .toList();
    }

    private void measure(Contender contender, @Nullable Taken taken) {
        long cpu = threads.getCurrentThreadCpuTime();
        long start = System.nanoTime();
        blackHole = contender.work();
        long nanos = System.nanoTime() - start;
        long cpuNanos = threads.getCurrentThreadCpuTime() - cpu;
        if (taken != null) {
            taken.nanos().add(nanos);
            taken.cpuNanos().add(cpuNanos);
        }
    }

    /** Of an even number the mean of the middle two. */
    static double median(List<Long> values) {
        List<Long> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1
                ? sorted.get(middle)
                : (sorted.get(middle - 1) + sorted.get(middle)) / 2.0;
    }
}
