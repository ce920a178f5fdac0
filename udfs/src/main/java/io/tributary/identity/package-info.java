/** Whose event is it? A changelog of assignments: +event to a customer, -event from a customer. */
@NullMarked
package io.tributary.identity;

import org.jspecify.annotations.NullMarked;
