/**
 * What an erasure is, who remembers it, and the receipt that says what it removed. Each stage
 * removes its own; none of them knows another's.
 */
@NullMarked
package io.tributary.erasure;

import org.jspecify.annotations.NullMarked;
