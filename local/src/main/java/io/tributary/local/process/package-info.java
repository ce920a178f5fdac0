/** Servers as processes of their own on this machine. */
@NullMarked
package io.tributary.local.process;

import org.jspecify.annotations.NullMarked;
