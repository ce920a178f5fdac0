/**
 * Invented customers and what they do: seeded, so that equal arguments give equal bytes. Scripts
 * tell what a visit consists of; some hold a pain point, which is recorded as truth.
 */
@NullMarked
package io.tributary.local.traffic;

import org.jspecify.annotations.NullMarked;
