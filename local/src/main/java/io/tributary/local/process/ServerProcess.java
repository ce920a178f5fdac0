package io.tributary.local.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One started server with the processes it started in turn. It is ended through its own handle, at
 * the latest when this JVM ends.
 */
public final class ServerProcess {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration PROBE_INTERVAL = Duration.ofMillis(200);

    /** When the JVM ends: whoever uses the servers may have an end of their own to make before. */
    private static volatile CountDownLatch endsBefore = new CountDownLatch(0);

    /** Whether a server answers; an exception means not yet. */
    public interface Probe {
        boolean answers() throws Exception;
    }

    private final String name;
    private final Process process;
    private final Path log;
    private final Thread endWithThisJvm;

    private ServerProcess(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
        this.endWithThisJvm = new Thread(this::endWithThisJvm);
        Runtime.getRuntime().addShutdownHook(endWithThisJvm);
    }

    /**
     * Servers that still run when the JVM ends are ended only after this.
     *
     * @param ended is counted down by a shutdown hook, whatever happens
     */
    public static void endAfter(CountDownLatch ended) {
        endsBefore = ended;
    }

    private void endWithThisJvm() {
        try {
            endsBefore.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        tree().forEach(ProcessHandle::destroyForcibly);
    }

    /**
     * Starts a command.
     *
     * @param log receives standard output and error, appended
     */
    public static ServerProcess start(String name, ProcessBuilder command, Path log) {
        try {
            command.redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            return new ServerProcess(name, command.start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException(name + " cannot be started", e);
        }
    }

    /**
     * Returns when {@code probe} says yes.
     *
     * @throws IllegalStateException with the end of the log if the process ends or time runs out
     */
    public void awaitReady(Probe probe, Duration most) throws InterruptedException {
        long deadline = System.nanoTime() + most.toNanos();
        while (System.nanoTime() < deadline) {
            if (!process.isAlive()) {
                throw failure("ended with status " + process.exitValue());
            }
            if (answers(probe)) {
                return;
            }
            Thread.sleep(PROBE_INTERVAL.toMillis());
        }
        throw failure("does not answer after " + most);
    }

    private static boolean answers(Probe probe) throws InterruptedException {
        try {
            return probe.answers();
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            return false;
        }
    }

    private IllegalStateException failure(String what) {
        try {
            List<String> lines = Files.readAllLines(log);
            String end =
                    String.join("\n", lines.subList(Math.max(0, lines.size() - 30), lines.size()));
            return new IllegalStateException(name + " " + what + "; " + log + " ends:\n" + end);
        } catch (IOException e) {
            return new IllegalStateException(name + " " + what + "; " + log + " is unreadable", e);
        }
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Stops all its processes in their tracks; connections stay open and nothing answers. */
    void suspend() throws InterruptedException {
        signal("STOP");
    }

    void resume() throws InterruptedException {
        signal("CONT");
    }

    private void signal(String signal) throws InterruptedException {
        List<String> command = new ArrayList<>(List.of("kill", "-" + signal));
        tree().forEach(handle -> command.add(Long.toString(handle.pid())));
        try {
            int status = new ProcessBuilder(command).start().waitFor();
            if (status != 0) {
                throw new IllegalStateException(name + " cannot be sent " + signal);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends it as a loss of power would. */
    public void kill() throws InterruptedException {
        end(true);
    }

    /** Asks it to end, and insists after a while. */
    public void stop() throws InterruptedException {
        end(false);
    }

    private void end(boolean hard) throws InterruptedException {
        List<ProcessHandle> tree = tree();
        tree.forEach(hard ? ProcessHandle::destroyForcibly : ProcessHandle::destroy);
        for (ProcessHandle handle : tree) {
            if (!ended(handle)) {
                handle.destroyForcibly();
                ended(handle);
            }
        }
        try {
            Runtime.getRuntime().removeShutdownHook(endWithThisJvm);
        } catch (IllegalStateException e) {
            // this JVM is ending: the hook runs, and finds nothing left to end
            return;
        }
    }

    private static boolean ended(ProcessHandle handle) throws InterruptedException {
        CompletableFuture<ProcessHandle> exit = handle.onExit();
        try {
            exit.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<ProcessHandle> tree() {
        List<ProcessHandle> tree = new ArrayList<>(process.descendants().toList());
        tree.add(process.toHandle());
        return tree;
    }
}
