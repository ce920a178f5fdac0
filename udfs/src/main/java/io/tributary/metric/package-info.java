/** Live journey metrics: signed deltas added up per window and dimension. */
@NullMarked
package io.tributary.metric;

import org.jspecify.annotations.NullMarked;
