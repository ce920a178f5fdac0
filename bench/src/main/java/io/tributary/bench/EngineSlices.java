package io.tributary.bench;

import com.sun.management.OperatingSystemMXBean;
import io.tributary.event.CustomerEvent;
import io.tributary.identity.Assignment;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;

/**
 * Feeds slices of traffic to contenders and takes the time: of the feeding thread, of the whole
 * process (compaction of RocksDB and garbage collection run on threads of their own), and of the
 * clock on the wall.
 */
final class EngineSlices {

    /** Events between two watermarks, for every contender. */
    static final int WATERMARK_EVERY = 1_000;

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final OperatingSystemMXBean process =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    /**
     * What slices took, per event, in nanoseconds.
     *
     * @param cpu of the feeding thread
     * @param processCpu of all threads
     * @param wall time that passed
     */
    static final class Taken {

        private final List<Long> cpu = new ArrayList<>();
        private final List<Long> processCpu = new ArrayList<>();
        private final List<Long> wall = new ArrayList<>();

        double cpuMicros() {
            return Rounds.median(cpu) / 1_000;
        }

        double processCpuMicros() {
            return Rounds.median(processCpu) / 1_000;
        }

        double eventsPerSecond() {
            return 1e9 / Rounds.median(wall);
        }
    }

    /**
     * @param events in the order in which they arrive; after the last one no earlier event comes
     */
    void feed(EngineContender contender, List<Assignment> events, Taken taken) throws Exception {
        List<Assignment> own = decodedAnew(events);
        long[] watermarks = watermarks(events);
        long cpu = threads.getCurrentThreadCpuTime();
        long processCpu = process.getProcessCpuTime();
        long wall = System.nanoTime();
        for (int i = 0; i < watermarks.length; i++) {
            int end = Math.min(own.size(), (i + 1) * WATERMARK_EVERY);
            for (Assignment assignment : own.subList(i * WATERMARK_EVERY, end)) {
                contender.process(assignment);
            }
            contender.watermark(watermarks[i]);
        }
        int count = own.size();
        taken.wall.add((System.nanoTime() - wall) / count);
        taken.processCpu.add((process.getProcessCpuTime() - processCpu) / count);
        taken.cpu.add((threads.getCurrentThreadCpuTime() - cpu) / count);
    }

    /** As they come from the network: what one contender parsed, another has to parse itself. */
    private static List<Assignment> decodedAnew(List<Assignment> events) {
        List<Assignment> own = new ArrayList<>(events.size());
        for (Assignment assignment : events) {
            CustomerEvent event = assignment.event();
            own.add(
                    Assignment.plus(
                            assignment.customer(),
                            new CustomerEvent(
                                    event.id(),
                                    event.type(),
                                    event.time(),
                                    event.originalTime(),
                                    event.receivedTime(),
                                    event.channel(),
                                    event.source(),
                                    event.identifiers(),
                                    event.propertiesJson())));
        }
        return own;
    }

    /** After every so many events: just before the earliest that is still to come. */
    private static long[] watermarks(List<Assignment> events) {
        int count = (events.size() + WATERMARK_EVERY - 1) / WATERMARK_EVERY;
        long[] watermarks = new long[count];
        long newest = events.stream().mapToLong(e -> e.event().time()).max().orElseThrow();
        long earliest = newest + 1;
        int i = events.size() - 1;
        for (int mark = count - 1; mark >= 0; mark--) {
            for (; i >= (mark + 1) * WATERMARK_EVERY; i--) {
                earliest = Math.min(earliest, events.get(i).event().time());
            }
            watermarks[mark] = earliest - 1;
        }
        return watermarks;
    }
}
