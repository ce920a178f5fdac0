package io.tributary.local.demo;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Something that is being started by a thread of its own. */
final class Starting<T extends AutoCloseable> implements AutoCloseable {

    private final FutureTask<T> start;
    private final Thread thread;

    /**
     * Begins.
     *
     * @param start if it fails it leaves nothing to be closed
     */
    Starting(Callable<T> start) {
        this.start = new FutureTask<>(start);
        this.thread = new Thread(this.start, "starting");
        thread.start();
    }

    /** What was started, once it is; throws what the start threw. */
    T await() throws Exception {
        try {
            return start.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    /** Throws what the start threw, if it has failed by now. */
    void requireNotFailed() throws Exception {
        if (start.isDone()) {
            await();
        }
    }

    /** Ends the start if it is under way, and closes what was started. */
    @Override
    public void close() throws Exception {
        thread.interrupt();
        thread.join();
        T started;
        try {
            started = start.get();
        } catch (ExecutionException e) {
            // nothing was started, and who waited was told why
            return;
        }
        started.close();
    }
}
