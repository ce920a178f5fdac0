package io.tributary.job.connectors;

import org.apache.flink.util.clock.RelativeClock;

/** A clock that stands still until it is moved. */
final class ManualClock implements RelativeClock {

    private long millis;

    void advance(long by) {
        millis += by;
    }

    @Override
    public long relativeTimeMillis() {
        return millis;
    }

    @Override
    public long relativeTimeNanos() {
        return millis * 1_000_000;
    }
}
