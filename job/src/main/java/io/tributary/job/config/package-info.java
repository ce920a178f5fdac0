/** Arguments, files and environment become typed options. */
@NullMarked
package io.tributary.job.config;

import org.jspecify.annotations.NullMarked;
