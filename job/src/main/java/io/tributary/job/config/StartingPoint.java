package io.tributary.job.config;

/** Where a source begins in a partition that no checkpoint covers. */
public enum StartingPoint {
    /** The offset that the consumer group committed; without one the oldest record. */
    COMMITTED,
    EARLIEST,
    LATEST
}
