package io.tributary.customer;

import java.io.Serializable;

/**
 * What bounds the customer stage.
 *
 * @param cached most customers that each subtask keeps on the heap
 */
public record CustomerLimits(int cached) implements Serializable {

    public static final CustomerLimits DEFAULT = new CustomerLimits(50_000);
}
