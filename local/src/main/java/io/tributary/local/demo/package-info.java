/**
 * {@code ./tributary demo}: real servers on one machine, both jobs, and a week of invented traffic
 * that is sent faster than it happened.
 */
@NullMarked
package io.tributary.local.demo;

import org.jspecify.annotations.NullMarked;
