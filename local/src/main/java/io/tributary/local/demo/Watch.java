package io.tributary.local.demo;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Follows a running demo: tells how far it is, and when it is over. */
final class Watch {

    private static final Duration PROGRESS = Duration.ofSeconds(5);
    private static final Duration STEP = Duration.ofMillis(500);

    /** Without a new record for this long, which is more than a checkpoint, all is written. */
    private static final Duration STILL = Duration.ofSeconds(5);

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    /** Throws if what is watched can no longer go on. */
    interface Health {
        void check() throws Exception;
    }

    private final Health health;
    private final Replayer replayer;
    private final CommittedReader reader;
    private final IndexReader index;
    private final ReplayPlan plan;
    private final long wallStart;
    private final long began;
    private final PrintWriter out;
    private final long started = System.nanoTime();
    private long toldAt = started;
    private long changedAt = started;
    private boolean toldOfFirst;

    /**
     * @param began when the command was given, nanoTime
     */
    Watch(
            Health health,
            Replayer replayer,
            CommittedReader reader,
            IndexReader index,
            ReplayPlan plan,
            long wallStart,
            long began,
            PrintWriter out) {
        this.health = health;
        this.replayer = replayer;
        this.reader = reader;
        this.index = index;
        this.plan = plan;
        this.wallStart = wallStart;
        this.began = began;
        this.out = out;
    }

    /** Returns when Kafka has all events. */
    void untilSent() throws Exception {
        while (!replayer.isDone()) {
            step();
        }
    }

    /**
     * Returns when the index has everything, and everything planted is found, or when there is no
     * more hope for it.
     *
     * @param quiet after this the watermark reaches the present
     */
    Summary untilSettled(Duration quiet, Set<String> patterns, List<Planted> planted, long dueUntil)
            throws Exception {
        out.println("the last event is sent; waiting for what follows from it…");
        out.flush();
        long sent = System.nanoTime();
        while (true) {
            step();
            Duration waited = Duration.ofNanos(System.nanoTime() - sent);
            boolean still = System.nanoTime() - changedAt >= STILL.toNanos();
            boolean tooLong = waited.compareTo(quiet.plus(PATIENCE)) > 0;
            if (tooLong || (still && waited.compareTo(quiet.plus(STILL)) > 0)) {
                Summary summary =
                        Summary.of(
                                patterns, planted, dueUntil, reader.documents(), index.revisions());
                if (tooLong || summary.isGood()) {
                    return summary;
                }
            }
        }
    }

    private void step() throws Exception {
        if (reader.read(STEP)) {
            changedAt = System.nanoTime();
        }
        health.check();
        tellOfFirst();
        if (System.nanoTime() - toldAt >= PROGRESS.toNanos()) {
            toldAt = System.nanoTime();
            out.println(progress().text());
            out.flush();
        }
    }

    private void tellOfFirst() {
        List<Planted> detected = toldOfFirst ? List.of() : reader.documents().detected();
        if (!detected.isEmpty()) {
            toldOfFirst = true;
            Planted first = detected.get(0);
            out.printf(
                    "first pain point, %d s after the start: %s of %s%n",
                    Duration.ofNanos(System.nanoTime() - began).toSeconds(),
                    first.pattern(),
                    first.customer());
            out.flush();
        }
    }

    private Progress progress() throws InterruptedException {
        long now = System.currentTimeMillis();
        return Progress.of(
                Duration.ofMillis(now - wallStart),
                replayer,
                plan.trafficTime(now, wallStart),
                reader.documents(),
                reader.indexLag());
    }
}
