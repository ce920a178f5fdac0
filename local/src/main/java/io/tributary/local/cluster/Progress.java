package io.tributary.local.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Waits for what a cluster does by and by. */
final class Progress {

    private static final Duration INTERVAL = Duration.ofMillis(250);
    private static final Set<String> ENDED = Set.of("FAILED", "CANCELED", "FINISHED", "SUSPENDED");
    private static final Set<String> AT_WORK = Set.of("RUNNING", "FINISHED");

    private final FlinkRest flink;
    private final Duration most;

    /**
     * @param most how long one thing may take
     */
    Progress(FlinkRest flink, Duration most) {
        this.flink = flink;
        this.most = most;
    }

    /**
     * Returns when every task of a job runs.
     *
     * @throws ClusterException with the newest failure if the job ends or time runs out
     */
    void awaitRunning(String job) {
        String state =
                await(
                        () -> {
                            JsonNode told = flink.job(job);
                            String now = told.path("state").asText();
                            return ENDED.contains(now) || isAtWork(told) ? now : null;
                        });
        if (state == null || ENDED.contains(state)) {
            throw new ClusterException(notRunning(job, state));
        }
    }

    private static boolean isAtWork(JsonNode job) {
        if (!job.path("state").asText().equals("RUNNING")) {
            return false;
        }
        for (JsonNode vertex : job.path("vertices")) {
            if (!AT_WORK.contains(vertex.path("status").asText())) {
                return false;
            }
        }
        return true;
    }

    private String notRunning(String job, @Nullable String state) {
        String failure = flink.failure(job);
        return "job "
                + job
                + (state == null
                        ? " does not run after " + most.toSeconds() + " s"
                        : " is " + state)
                + (failure == null
                        ? "; the cluster has " + flink.freeSlots() + " free slots"
                        : ": " + failure);
    }

    /**
     * Returns when a stopped job has ended and its savepoint is complete.
     *
     * @throws ClusterException if there will be none, or time runs out
     */
    String awaitSavepoint(String job, String request) {
        FlinkRest.Savepoint savepoint =
                await(
                        () -> {
                            FlinkRest.Savepoint now = flink.savepoint(job, request);
                            return now.location() == null && now.failure() == null ? null : now;
                        });
        if (savepoint == null) {
            throw new ClusterException(
                    "the savepoint is not complete after " + most.toSeconds() + " s");
        }
        String location = savepoint.location();
        if (location == null) {
            throw new ClusterException("the savepoint failed: " + savepoint.failure());
        }
        await(() -> ENDED.contains(flink.job(job).path("state").asText()) ? location : null);
        return location;
    }

    /** Asks until there is an answer; null if time runs out. */
    private <T> @Nullable T await(Supplier<@Nullable T> question) {
        long deadline = System.nanoTime() + most.toNanos();
        while (true) {
            T answer = question.get();
            if (answer != null || System.nanoTime() > deadline) {
                return answer;
            }
            try {
                Thread.sleep(INTERVAL.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new ClusterException("interrupted", e);
            }
        }
    }
}
