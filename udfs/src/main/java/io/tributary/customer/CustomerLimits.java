package io.tributary.customer;

import java.io.Serializable;

/**
 * What bounds the customer stage.
 *
 * @param cached most customers that each subtask keeps on the heap, at least 1
 * @param events most events of one customer within the horizon; more are no person's, and what
 *     comes after them is quarantined
 */
public record CustomerLimits(int cached, int events) implements Serializable {

    public static final CustomerLimits DEFAULT = new CustomerLimits(50_000, 20_000);

    public CustomerLimits {
        if (cached < 1 || events < 1) {
            throw new IllegalArgumentException("limits of at least 1 are needed: " + this);
        }
    }
}
