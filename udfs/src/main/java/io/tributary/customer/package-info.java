/**
 * One customer at a time: the operator in which journey, pattern and intervention share the
 * customer's state.
 */
@NullMarked
package io.tributary.customer;

import org.jspecify.annotations.NullMarked;
