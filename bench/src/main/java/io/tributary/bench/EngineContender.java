package io.tributary.bench;

import io.tributary.identity.Assignment;

/** One engine in {@link EngineBenchmark}, fed on the calling thread. */
interface EngineContender extends AutoCloseable {

    /** As it stands in the names of the results. */
    String name();

    void process(Assignment assignment) throws Exception;

    /** Event time has come to {@code time}, epoch milliseconds. */
    void watermark(long time) throws Exception;

    @Override
    void close() throws Exception;
}
