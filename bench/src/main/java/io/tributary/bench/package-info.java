/**
 * Measurements of Tributary beside what a user would pick instead, or beside a floor that nothing
 * can beat. What varies from machine to machine cancels out in the comparison.
 */
@NullMarked
package io.tributary.bench;

import org.jspecify.annotations.NullMarked;
