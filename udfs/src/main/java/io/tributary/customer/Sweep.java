package io.tributary.customer;

import java.util.Collections;
import java.util.Iterator;

/**
 * Visits every customer of a subtask in short slices, so that those who are quiet meet changed
 * definitions too while the others are served in between.
 */
final class Sweep {

    /** Most customers of one slice. */
    static final int SLICE_CUSTOMERS = 500;

    /** Nanoseconds after which a slice begins with no further customer. */
    static final long SLICE_NANOS = 20_000_000;

    /** What is done with a customer. */
    interface Visit {
        /** Returns whether the customer had to be evaluated anew. */
        boolean visit(String customer) throws Exception;
    }

    /** Customers, and what has to be given back after the last. */
    interface Customers extends AutoCloseable {
        Iterator<String> iterator();

        @Override
        void close();
    }

    private static final Customers NOBODY =
            new Customers() {
                @Override
                public Iterator<String> iterator() {
                    return Collections.emptyIterator();
                }

                @Override
                public void close() {}
            };

    private final NanoClock clock;
    private Customers customers = NOBODY;
    private Iterator<String> left = NOBODY.iterator();
    private boolean running;
    private long seen;
    private long evaluated;
    private String last = "";

    Sweep(NanoClock clock) {
        this.clock = clock;
    }

    /** Begins, or begins anew. */
    void start(Customers all) {
        stop();
        customers = all;
        left = all.iterator();
        running = true;
        seen = 0;
        evaluated = 0;
        last = "";
    }

    void slice(Visit visit) throws Exception {
        long end = clock.getAsLong() + SLICE_NANOS;
        for (int i = 0; i < SLICE_CUSTOMERS && left.hasNext(); i++) {
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
    void stop() {
        customers.close();
        customers = NOBODY;
        left = NOBODY.iterator();
        running = false;
    }

    boolean isRunning() {
        return running;
    }

    /** Customers visited. */
    long seen() {
        return seen;
    }

    /** Customers who had to be evaluated anew. */
    long evaluated() {
        return evaluated;
    }

    /** The last customer visited; empty before the first. */
    String last() {
        return last;
    }
}
