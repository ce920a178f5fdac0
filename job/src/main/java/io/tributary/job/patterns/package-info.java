/**
 * {@code ./tributary patterns}: deploys definitions to a running job and shows what is in force.
 */
@NullMarked
package io.tributary.job.patterns;

import org.jspecify.annotations.NullMarked;
