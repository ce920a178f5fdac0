package io.tributary.erasure;

import java.util.Collections;
import java.util.Iterator;
import java.util.function.LongSupplier;

/**
 * Visits every key of a subtask in short slices, so that those which are quiet meet a change too
 * while the others are served in between.
 */
public final class Sweep {

    /** Most keys of one slice. */
    public static final int SLICE_KEYS = 500;

    /** Nanoseconds after which a slice begins with no further key. */
    static final long SLICE_NANOS = 20_000_000;

    /** What is done with a key. */
    public interface Visit {
        /** Returns whether there was something to do. */
        boolean visit(String key) throws Exception;
    }

    /** Keys, and what has to be given back after the last. */
    public interface Keys extends AutoCloseable {
        Iterator<String> iterator();

        @Override
        void close();
    }

    private static final Keys NONE =
            new Keys() {
                @Override
                public Iterator<String> iterator() {
                    return Collections.emptyIterator();
                }

                @Override
                public void close() {}
            };

    private final LongSupplier clock;
    private Keys keys = NONE;
    private Iterator<String> left = NONE.iterator();
    private boolean running;
    private long seen;
    private long evaluated;
    private String last = "";

    public Sweep(LongSupplier clock) {
        this.clock = clock;
    }

    /** Begins, or begins anew. */
    public void start(Keys all) {
        stop();
        keys = all;
        left = all.iterator();
        running = true;
        seen = 0;
        evaluated = 0;
        last = "";
    }

    public void slice(Visit visit) throws Exception {
        long end = clock.getAsLong() + SLICE_NANOS;
        for (int i = 0; i < SLICE_KEYS && left.hasNext(); i++) {
            last = left.next();
            seen++;
            if (visit.visit(last)) {
                evaluated++;
            }
            if (clock.getAsLong() > end) {
                break;
            }
        }
        if (!left.hasNext()) {
            stop();
        }
    }

    /** Gives back what it holds. */
    public void stop() {
        keys.close();
        keys = NONE;
        left = NONE.iterator();
        running = false;
    }

    public boolean isRunning() {
        return running;
    }

    /** Keys visited. */
    public long seen() {
        return seen;
    }

    /** Keys with which there was something to do. */
    public long evaluated() {
        return evaluated;
    }

    /** The last key visited; empty before the first. */
    public String last() {
        return last;
    }
}
