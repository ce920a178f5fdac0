/**
 * The one thing that flows: what a customer did, when, on which channel, and under which
 * identifiers.
 */
@NullMarked
package io.tributary.event;

import org.jspecify.annotations.NullMarked;
