package io.tributary.local.demo;

import io.tributary.local.process.ServerProcess;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;

/**
 * Lets Ctrl-C and SIGTERM end the main thread as if it had come to its end: it is interrupted, and
 * this JVM lives until that thread has cleaned up, or for a minute.
 */
final class EndOnSignal {

    private static final long PATIENCE_SECONDS = 60;

    private final Thread main = Thread.currentThread();
    private final CountDownLatch cleanedUp = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private boolean interruptible = true;
    private boolean ending;

    private EndOnSignal() {}

    /** For the calling thread. */
    static EndOnSignal install() {
        EndOnSignal signal = new EndOnSignal();
        Runtime.getRuntime().addShutdownHook(new Thread(signal::end, "end-on-signal"));
        ServerProcess.endAfter(signal.ended);
        return signal;
    }

    private void end() {
        // a Flink that ends while it still starts complains of its own ending
        Configurator.setLevel("org.apache.flink", Level.OFF);
        synchronized (this) {
            ending = true;
            if (interruptible) {
                main.interrupt();
            }
        }
        try {
            if (!cleanedUp.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("tributary demo: cleaning up takes too long, something is left");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            ended.countDown();
        }
    }

    /** Whether a signal came before the main thread was done. */
    synchronized boolean isEnding() {
        return ending;
    }

    /** The main thread begins to clean up; nothing interrupts it any more. */
    synchronized void beginCleanUp() {
        interruptible = false;
        var unused = Thread.interrupted();
    }

    void cleanedUp() {
        cleanedUp.countDown();
    }
}
