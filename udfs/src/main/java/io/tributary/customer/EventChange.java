package io.tributary.customer;

import io.tributary.event.CustomerEvent;
import org.jspecify.annotations.Nullable;

/**
 * The event under one id of a customer's log before and after a change.
 *
 * @param before null if there was none
 * @param after null if there is none any more
 */
public record EventChange(@Nullable CustomerEvent before, @Nullable CustomerEvent after) {}
