package io.tributary.job.index;

import java.time.Duration;

/** Waits that double from {@code initial} up to {@code most} while nothing succeeds. */
final class Backoff {

    private final Duration initial;
    private final Duration most;
    private Duration next;

    Backoff(Duration initial, Duration most) {
        this.initial = initial;
        this.most = most;
        this.next = initial;
    }

    /** The wait before the next repetition. */
    synchronized Duration next() {
        Duration wait = next;
        Duration doubled = next.multipliedBy(2);
        next = doubled.compareTo(most) > 0 ? most : doubled;
        return wait;
    }

    /** Something succeeded. */
    synchronized void reset() {
        next = initial;
    }
}
