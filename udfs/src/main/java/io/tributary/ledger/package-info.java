/** What was found and what was decided, one life per pain point with a monotone revision. */
@NullMarked
package io.tributary.ledger;

import org.jspecify.annotations.NullMarked;
