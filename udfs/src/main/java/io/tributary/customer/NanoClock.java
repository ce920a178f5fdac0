package io.tributary.customer;

import java.io.Serializable;
import java.util.function.LongSupplier;

/** Nanoseconds from any beginning, to measure what definitions cost; nothing else depends on it. */
public interface NanoClock extends LongSupplier, Serializable {}
