package io.tributary.bench;

import io.tributary.identity.Assignment;

/** One engine in {@link EngineBenchmark}, fed on the calling thread. */
interface EngineContender extends AutoCloseable {

    /** As it stands in the names of the results. */
    String name();

    void process(Assignment assignment) throws Exception;

    /** Event time has come to {@code time}, epoch milliseconds. */
    void watermark(long time) throws Exception;

    /**
     * Reads what is kept of each customer once, if anything is, so that the caches of a database
     * hold what they would if it had not just been filled.
     */
    default void readAll() throws Exception {}

    @Override
    void close() throws Exception;
}
