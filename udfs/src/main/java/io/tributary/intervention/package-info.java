/** Whether and how to step in: consent, cooldown, holdout, one decision per pain point. */
@NullMarked
package io.tributary.intervention;

import org.jspecify.annotations.NullMarked;
