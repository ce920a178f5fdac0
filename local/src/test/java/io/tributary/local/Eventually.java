package io.tributary.local;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

/** Waits for other processes, which tell nobody when they are done. */
public final class Eventually {

    private static final Duration INTERVAL = Duration.ofMillis(200);

    private Eventually() {}

    /**
     * Asks again and again until the answer is as wished.
     *
     * @return the last answer when time runs out, for an assertion to describe
     */
    public static <T> T ask(Callable<T> question, Predicate<T> wished, Duration most)
            throws Exception {
        AtomicReference<T> last = new AtomicReference<>();
        AtomicReference<Exception> failure = new AtomicReference<>();
        long deadline = System.nanoTime() + most.toNanos();
        try (Repeated repeated = new Repeated()) {
            repeated.until(
                    () -> {
                        try {
                            last.set(question.call());
                            failure.set(null);
                            return wished.test(last.get()) || System.nanoTime() > deadline;
                        } catch (Exception e) {
                            failure.set(e);
                            return System.nanoTime() > deadline;
                        }
                    });
        }
        if (failure.get() != null) {
            throw failure.get();
        }
        return last.get();
    }

    private static final class Repeated implements AutoCloseable {

        private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

        void until(Callable<Boolean> done) throws Exception {
            while (!timer.schedule(done, INTERVAL.toMillis(), TimeUnit.MILLISECONDS).get()) {
                // the timer waits
            }
        }

        @Override
        public void close() {
            timer.shutdownNow();
        }
    }
}
