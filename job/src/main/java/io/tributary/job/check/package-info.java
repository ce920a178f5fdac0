/** {@code ./tributary check}: what is wrong with definitions, before anything runs. */
@NullMarked
package io.tributary.job.check;

import org.jspecify.annotations.NullMarked;
