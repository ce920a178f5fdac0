package io.tributary.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Shares out the CPU time of this JVM. Many times a second the stack of each thread that has used
 * some is looked at; in the end what a thread has used is shared out by the {@link Stage}s that it
 * was seen working in. So the total of a thread is exact, how it is shared is a sample.
 */
final class CpuProfile implements AutoCloseable {

    private static final Duration EVERY = Duration.ofMillis(10);
    private static final int DEPTH = 120;

    /** To Java these run; in truth nothing does. */
    private static final Set<String> WAITING =
            Set.of("EPoll.wait", "Unsafe.park", "Object.wait", "Thread.sleep", "Net.poll");

    private static final List<Stage> NATIVE = List.of(Stage.GC, Stage.COMPILER, Stage.ROCKSDB);

    /**
     * What was used in a while.
     *
     * @param nanos by stage; all of the process
     * @param hottest methods, with the nearest one of Tributary's that called them
     */
    record Usage(Map<Stage, Long> nanos, List<Map.Entry<String, Long>> hottest) {

        /** Without the benchmark's own. */
        long total() {
            return nanos.entrySet().stream()
                    .filter(stage -> stage.getKey() != Stage.BENCH)
                    .mapToLong(Map.Entry::getValue)
                    .sum();
        }
    }

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final OperatingSystemMXBean process =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private final Map<Long, Long> used = new HashMap<>();
    private final Map<Long, Samples> samples = new HashMap<>();
    private final Thread sampler = new Thread(this::run, Stage.BENCH_THREAD + "-profile");
    private long processNanos;
    private Map<String, Long> nativeBefore = Map.of();
    private volatile boolean closed;

    CpuProfile() {
        sampler.setDaemon(true);
        sampler.start();
    }

    /** Forgets what was used up to now. */
    synchronized void restart() {
        sample();
        samples.clear();
        processNanos = process.getProcessCpuTime();
        nativeBefore = NativeThreads.used();
    }

    /** Since {@link #restart()}. */
    synchronized Usage usage() {
        sample();
        Map<Stage, Long> nanos = new EnumMap<>(Stage.class);
        Map<String, Long> byMethod = new HashMap<>();
        for (Samples thread : samples.values()) {
            thread.addTo(nanos, byMethod);
        }
        long sampled = nanos.values().stream().mapToLong(Long::longValue).sum();
        long all = process.getProcessCpuTime() - processNanos;
        Map<String, Long> now = NativeThreads.used();
        nanos.put(Stage.GC, since(now, NativeThreads::collectsGarbage));
        nanos.put(Stage.COMPILER, since(now, NativeThreads::compiles));
        nanos.put(Stage.ROCKSDB, since(now, NativeThreads::isRocksDb));
        long told = NATIVE.stream().mapToLong(stage -> nanos.getOrDefault(stage, 0L)).sum();
        nanos.merge(Stage.BACKGROUND, Math.max(0, all - sampled - told), Long::sum);
        List<Map.Entry<String, Long>> hottest =
                byMethod.entrySet().stream()
                        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                        .map(Map.Entry::copyOf)
                        .toList();
        return new Usage(nanos, hottest);
    }

    private long since(Map<String, Long> now, Predicate<String> threads) {
        long since = 0;
        for (Map.Entry<String, Long> thread : now.entrySet()) {
            if (threads.test(thread.getKey())) {
                since += thread.getValue() - nativeBefore.getOrDefault(thread.getKey(), 0L);
            }
        }
        return since;
    }

    private void run() {
        while (!closed) {
            LockSupport.parkNanos(EVERY.toNanos());
            sample();
        }
    }

    private synchronized void sample() {
        Map<Long, Long> since = new HashMap<>();
        for (long id : threads.getAllThreadIds()) {
            long now = threads.getThreadCpuTime(id);
            Long before = now < 0 ? null : used.put(id, now);
            long nanos = before == null ? Math.max(0, now) : now - before;
            if (nanos > 0) {
                since.put(id, nanos);
            }
        }
        long[] ids = since.keySet().stream().mapToLong(Long::longValue).toArray();
        for (ThreadInfo info : threads.getThreadInfo(ids, DEPTH)) {
            if (info != null) {
                add(info, since.getOrDefault(info.getThreadId(), 0L));
            }
        }
    }

    private void add(ThreadInfo info, long nanos) {
        Samples thread =
                samples.computeIfAbsent(
                        info.getThreadId(), id -> new Samples(info.getThreadName()));
        thread.nanos += nanos;
        StackTraceElement[] stack = info.getStackTrace();
        if (info.getThreadState() == Thread.State.RUNNABLE
                && stack.length > 0
                && !WAITING.contains(name(stack[0]))) {
            thread.seen(Stage.of(info.getThreadName(), stack), method(stack));
        }
    }

    /** What was seen of one thread. */
    private static final class Samples {

        private final String thread;
        private final Map<Stage, Integer> stages = new EnumMap<>(Stage.class);
        private final Map<String, Integer> methods = new HashMap<>();
        private long nanos;
        private int count;

        Samples(String thread) {
            this.thread = thread;
        }

        void seen(Stage stage, String method) {
            stages.merge(stage, 1, Integer::sum);
            methods.merge(stage.word() + " " + method, 1, Integer::sum);
            count++;
        }

        /** One that was never seen working is known by its name only. */
        void addTo(Map<Stage, Long> byStage, Map<String, Long> byMethod) {
            if (count == 0) {
                byStage.merge(Stage.of(thread, new StackTraceElement[0]), nanos, Long::sum);
                return;
            }
            stages.forEach((stage, seen) -> byStage.merge(stage, nanos * seen / count, Long::sum));
            if (!stages.containsKey(Stage.BENCH)) {
                methods.forEach(
                        (method, seen) -> byMethod.merge(method, nanos * seen / count, Long::sum));
            }
        }
    }

    private static String method(StackTraceElement[] stack) {
        String top = name(stack[0]);
        StackTraceElement ours = ours(stack);
        return ours == null || ours == stack[0] ? top : top + " < " + name(ours);
    }

    private static @Nullable StackTraceElement ours(StackTraceElement[] stack) {
        for (StackTraceElement frame : stack) {
            if (frame.getClassName().startsWith("io.tributary.")) {
                return frame;
            }
        }
        return null;
    }

    private static String name(StackTraceElement frame) {
        String type = frame.getClassName();
        return type.substring(type.lastIndexOf('.') + 1) + "." + frame.getMethodName();
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        LockSupport.unpark(sampler);
        sampler.join();
    }
}
