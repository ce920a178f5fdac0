/** The customer's log and what follows from it: stages, dwell, touchpoints, the single view. */
@NullMarked
package io.tributary.journey;

import org.jspecify.annotations.NullMarked;
