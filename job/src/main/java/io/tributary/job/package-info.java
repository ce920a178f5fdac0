/** Wiring only: arguments to config to connectors to pipeline to execute. */
@NullMarked
package io.tributary.job;

import org.jspecify.annotations.NullMarked;
