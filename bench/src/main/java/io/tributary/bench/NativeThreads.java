package io.tributary.bench;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** CPU time of this process's threads that are none of Java's, where Linux tells it. */
final class NativeThreads {

    private static final Path TASKS = Path.of("/proc/self/task");

    /** What the virtual machine calls its own threads that collect garbage. */
    private static final List<String> COLLECTORS = List.of("VM Thread", "GC Thread", "G1 ");

    /** Linux counts in hundredths of a second. */
    private static final long TICK_NANOS = 10_000_000;

    private static final int USER_TIME = 11;

    private NativeThreads() {}

    /** Nanoseconds by the name of the thread; empty where there is no such folder. */
    static Map<String, Long> used() {
        Map<String, Long> used = new HashMap<>();
        if (Files.isDirectory(TASKS)) {
            try (DirectoryStream<Path> tasks = Files.newDirectoryStream(TASKS)) {
                tasks.forEach(task -> add(task, used));
            } catch (IOException e) {
                return Map.of();
            }
        }
        return used;
    }

    private static void add(Path task, Map<String, Long> used) {
        String line = read(task.resolve("stat"));
        if (line != null) {
            // pid (name) state …, and a name may hold anything
            int end = line.lastIndexOf(')');
            String[] fields = line.substring(end + 2).split(" ");
            long ticks = Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[USER_TIME + 1]);
            used.merge(line.substring(line.indexOf('(') + 1, end), ticks * TICK_NANOS, Long::sum);
        }
    }

    /** Null if the thread has ended meanwhile. */
    private static @Nullable String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return null;
        }
    }

    static boolean collectsGarbage(String thread) {
        return COLLECTORS.stream().anyMatch(thread::startsWith);
    }

    static boolean compiles(String thread) {
        return thread.startsWith("C1 Comp") || thread.startsWith("C2 Comp");
    }

    static boolean isRocksDb(String thread) {
        return thread.startsWith("rocksdb");
    }
}
