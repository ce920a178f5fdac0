package io.tributary.bench;

/**
 * An engine that is only measured where it was built in, found by {@link java.util.ServiceLoader}:
 * its licence keeps it out of what is built by default.
 */
interface EngineRival {

    EngineContender start() throws Exception;
}
