/** The same pipeline on files: bounded, scriptable, equal bytes for equal input. */
@NullMarked
package io.tributary.job.backtest;

import org.jspecify.annotations.NullMarked;
